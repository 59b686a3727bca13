import SkillCatalog

/// The sources of one indexing run under names that tell them apart.
struct SourceList: Sendable {
    /// In the order they were given; no location twice.
    private(set) var sources: [any SkillSource] = []
    /// Names and locations of the same sources.
    private(set) var entries: [LibrarySummary.Source] = []
    /// Which of these sources each of the sources given is.
    private(set) var places: [Int] = []

    /// - Parameter known: the sources of the library so far; a source keeps the name it has there.
    init(_ given: [any SkillSource], known: [LibrarySummary.Source]) {
        for source in given {
            if let place = entries.firstIndex(where: { $0.location == source.location }) {
                places.append(place)
                continue
            }
            places.append(entries.count)
            sources.append(source)
            entries.append(LibrarySummary.Source(name: source.name, location: source.location))
        }
        nameApart(known)
    }

    /// Of several sources with one name, the one that had it keeps it, else the first; the others get a number.
    private mutating func nameApart(_ known: [LibrarySummary.Source]) {
        var taken: Set<String> = []
        let wanted = entries.map(\.name)
        let isShared = Dictionary(grouping: wanted, by: \.self).filter { $0.value.count > 1 }
        guard !isShared.isEmpty else { return }
        for place in entries.indices where isShared[wanted[place]] == nil { taken.insert(wanted[place]) }
        var open: [Int] = []
        for place in entries.indices where isShared[wanted[place]] != nil {
            let before = known.first { $0.location == entries[place].location }?.name
            if let before, Self.isNumbered(before, of: wanted[place]), taken.insert(before).inserted {
                entries[place].name = before
            } else {
                open.append(place)
            }
        }
        for place in open {
            var name = wanted[place]
            var copies = 1
            while !taken.insert(name).inserted {
                copies += 1
                name = "\(wanted[place])~\(copies)"
            }
            entries[place].name = name
        }
    }

    private static func isNumbered(_ name: String, of wanted: String) -> Bool {
        name == wanted || (name.hasPrefix(wanted + "~") && Int(name.dropFirst(wanted.count + 1)) != nil)
    }
}
