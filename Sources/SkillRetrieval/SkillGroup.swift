/// The entries of one skill in a ranked list.
struct SkillGroup: Sendable {
    /// The entry that ranks first, the skill's own or a tool's.
    var best: RankedEntry
    /// The tool that ranks first.
    var tool: RankedEntry?

    var numbers: [Int64] { [best.found.number] + (tool.map { [$0.found.number] } ?? []) }

    /// One group a skill, in the order of their best entries.
    static func groups(_ entries: [RankedEntry]) -> [SkillGroup] {
        var places: [Int64: Int] = [:]
        var groups: [SkillGroup] = []
        for entry in entries {
            let tool = entry.found.isTool ? entry : nil
            if let place = places[entry.found.skill] {
                groups[place].tool = groups[place].tool ?? tool
            } else {
                places[entry.found.skill] = groups.count
                groups.append(SkillGroup(best: entry, tool: tool))
            }
        }
        return groups
    }
}
