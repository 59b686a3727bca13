import SkillCatalog

/// Which parameters the words themselves give to an earlier step's result: "with *the discounted price* as the amount".
struct ReferenceClaims {
    struct Claim: Sendable, Hashable {
        var parameter: String
        /// Place of the source among the sources.
        var source: Int
    }

    private(set) var claims: [Claim] = []
    /// Where the words point to each source, by their position in the step; nil where they do not.
    let places: [Range<Int>?]

    init(_ parameters: [IOPort], _ sources: [ReferenceBinding.Source], _ words: [RequestToken]) {
        places = sources.map { Self.place(of: $0.words, in: words) }
        for (index, place) in places.enumerated() {
            guard let place else { continue }
            let before = words[..<place.lowerBound].suffix(5).reversed().prefix { $0.literal == nil && $0.mark == nil }
                .filter(\.isWord).map(\.stem)
            let behind = words[place.upperBound...].prefix(6).prefix { $0.literal == nil && $0.mark == nil }
            let after = behind.first?.text == "as" ? behind.map(\.stem) : []
            let named = parameters.filter { parameter in
                guard let last = parameter.nameStems.last, last.count > 2 else { return false }
                return before.prefix(3).contains(last) || after.contains(last)
            }
            guard named.count == 1, let parameter = named.first,
                sources[index].outputs.contains(where: { Compatibility.fit($0, parameter).score >= 0.2 })
            else { continue }
            claims.append(Claim(parameter: parameter.name, source: index))
        }
    }

    private static func place(of cue: [String], in words: [RequestToken]) -> Range<Int>? {
        guard !cue.isEmpty, words.count >= cue.count else { return nil }
        return (0...(words.count - cue.count)).lazy.map { $0..<($0 + cue.count) }
            .first { range in zip(words[range], cue).allSatisfy { $0.text == $1 } }
    }
}
