/// A skill as a list of names shows it.
package struct SkillListing: Sendable, Hashable {
    /// The library's id of the skill.
    package var skill: String
    package var name: String

    package init(skill: String, name: String) {
        self.skill = skill
        self.name = name
    }
}
