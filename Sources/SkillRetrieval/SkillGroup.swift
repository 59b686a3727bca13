/// The entries of one skill in a ranked list.
struct SkillGroup: Sendable {
    /// The entry that ranks first, the skill's own or a tool's.
    var best: RankedEntry
    /// The tools that rank first, in order.
    var tools: [RankedEntry] = []

    /// Tools that are kept of one skill.
    private static let maximumTools = 12

    var numbers: [Int64] { [best.found.number] + tools.map(\.found.number) }

    private mutating func take(_ entry: RankedEntry) {
        if entry.found.isTool, tools.count < Self.maximumTools { tools.append(entry) }
    }

    /// One group a skill, in the order of their best entries.
    static func groups(_ entries: [RankedEntry]) -> [SkillGroup] {
        var places: [Int64: Int] = [:]
        var groups: [SkillGroup] = []
        for entry in entries {
            let place = places[entry.found.skill] ?? groups.count
            if place == groups.count {
                places[entry.found.skill] = place
                groups.append(SkillGroup(best: entry))
            }
            groups[place].take(entry)
        }
        return groups
    }
}
