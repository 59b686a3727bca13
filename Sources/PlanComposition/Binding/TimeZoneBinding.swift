import SkillCatalog

/// Binds the places and zones that a step speaks of to parameters that take the name of a time zone.
///
/// A place that names no zone, or more than one, stays open: the plan asks.
struct TimeZoneBinding {
    /// One zone that the words name.
    struct Mention: Sendable, Hashable {
        var zone: String
        /// Which of the step's words name it.
        var range: Range<Int>
    }

    private let words: [RequestToken]
    private let names: TimeZoneNames

    init(words: [RequestToken], names: TimeZoneNames = .system) {
        self.words = words
        self.names = names
    }

    /// The zones for parameters that take one, by the parameters' names.
    func bindings(of parameters: [IOPort]) -> [(parameter: String, mention: Mention)] {
        let open = parameters.filter { Self.takesZone($0) && !$0.isCollection }
        guard !open.isEmpty else { return [] }
        let mentions = mentions
        if open.count == 1 {
            let zones = Set(mentions.map(\.zone))
            return zones.count == 1 ? mentions.prefix(1).map { (open[0].name, $0) } : []
        }
        return sides(open, mentions)
    }

    /// The parameter's description asks for names of the IANA database or gives one as an example.
    static func takesZone(_ port: IOPort) -> Bool {
        guard port.jsonType == nil || port.jsonType == "string", port.choices.isEmpty else { return false }
        let name = port.nameStems
        guard
            name.contains(where: Self.zoneStems.contains)
                || zip(name, name.dropFirst()).contains(where: { $0 == Self.timeZone })
        else { return false }
        return port.descriptionStems.contains(where: Self.databaseStems.contains)
            || port.description.contains("/") && port.descriptionStems.contains(where: Self.areaStems.contains)
    }

    private static let zoneStems = Set(["timezone", "tz"].map(WordStem.of))
    private static let timeZone = (WordStem.of("time"), WordStem.of("zone"))
    private static let databaseStems = Set(["iana", "olson", "tz"].map(WordStem.of))
    private static let areaStems = Set(["america", "europe", "asia", "etc", "utc"].map(WordStem.of))

    /// "From London to Sydney"; "when it is 9:00 in Berlin, what time is it in Tokyo": the zone of the time that is given
    /// is the source.
    private func sides(_ open: [IOPort], _ mentions: [Mention]) -> [(parameter: String, mention: Mention)] {
        let targets = open.filter { port in
            ["to", "target", "destin"].contains(where: port.nameStems.contains)
        }
        guard open.count == 2, targets.count == 1, let target = targets.first,
            let source = open.first(where: { $0 != target })
        else { return [] }
        var bound: [(parameter: String, mention: Mention)] = []
        var rest = mentions
        if let place = rest.firstIndex(where: { isSource($0) }) {
            bound.append((source.name, rest.remove(at: place)))
        }
        if let place = rest.firstIndex(where: { isTarget($0) }) ?? (bound.count == 1 ? rest.indices.first : nil) {
            bound.append((target.name, rest.remove(at: place)))
        }
        if bound.count == 1, bound[0].parameter == target.name, rest.count == 1 {
            bound.append((source.name, rest[0]))
        }
        return rest.count > 1 ? [] : bound
    }

    private func isTarget(_ mention: Mention) -> Bool {
        mention.range.lowerBound > 0 && ["to", "into"].contains(words[mention.range.lowerBound - 1].text)
    }

    private func isSource(_ mention: Mention) -> Bool {
        let before = words[..<mention.range.lowerBound].suffix(3)
        return before.last?.text == "from" || !isTarget(mention) && before.contains(where: Self.isClockTime)
    }

    private static func isClockTime(_ word: RequestToken) -> Bool {
        word.literal == .time || ["noon", "midnight", "am", "pm"].contains(word.text)
    }

    /// All zones the words name, in order; the longest name at each place.
    var mentions: [Mention] {
        var found: [Mention] = []
        var index = 0
        while index < words.count {
            if let mention = mention(at: index) {
                found.append(mention)
                index = mention.range.upperBound
            } else {
                index += 1
            }
        }
        return found
    }

    private func mention(at index: Int) -> Mention? {
        if words[index].literal == .quoted {
            return names.zone(words[index].text).map { Mention(zone: $0, range: index..<index + 1) }
        }
        guard words[index].isWord, isNamed(index) else { return nil }
        let run = words[index...].prefix(TimeZoneNames.longestName).prefix(while: \.isWord)
        for length in stride(from: run.count, to: 0, by: -1) {
            let name = run.prefix(length).map(\.text).joined(separator: " ")
            if let zone = names.zone(name) { return Mention(zone: zone, range: index..<index + length) }
        }
        return nil
    }

    /// A capital, or a word before or behind it that says it is a place: not every "wake" is an island.
    private func isNamed(_ index: Int) -> Bool {
        if words[index].written.first?.isUppercase == true { return true }
        let before = index > 0 ? words[index - 1].text : ""
        let behind = index + 1 < words.count ? words[index + 1].text : ""
        return ["in", "to", "from", "for", "at"].contains(before) || behind == "time"
    }
}
