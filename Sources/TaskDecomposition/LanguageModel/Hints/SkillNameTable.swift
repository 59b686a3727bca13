import LanguageModels

/// Finds skills by the names a model was shown.
package struct SkillNameTable: Sendable, Hashable {
    private var skills: [String: String] = [:]

    /// Of two skills that look alike to a model the first is found.
    package init(_ listings: some Sequence<SkillListing> = []) {
        for listing in listings { add(listing) }
    }

    package mutating func add(_ listing: SkillListing) {
        let key = Self.key(listing.name)
        if skills[key] == nil { skills[key] = listing.skill }
    }

    /// The library's id of a skill; case, and quotes around the name, do not matter.
    package func skill(named name: String) -> String? {
        skills[Self.key(name)]
    }

    private static func key(_ name: String) -> String {
        let line = PromptText.skillName(name).lowercased()
        let bare = line.drop { "\"'`".contains($0) }
        return String(bare.last.map { "\"'`".contains($0) } == true ? bare.dropLast() : bare)
    }
}
