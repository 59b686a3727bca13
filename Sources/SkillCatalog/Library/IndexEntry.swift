/// What one vector of the index stands for: a skill as a whole, or one of its tools.
package struct IndexEntry: Sendable, Hashable {
    /// The skill's id.
    package var skill: String
    /// The skill's number within its library.
    package var skillNumber: Int64
    /// How many tools the skill has.
    package var toolCount: Int
    /// The tool; nil for the skill as a whole.
    package var tool: String?
    package var text: IndexedText

    package init(skill: String, skillNumber: Int64, toolCount: Int, tool: String?, text: IndexedText) {
        self.skill = skill
        self.skillNumber = skillNumber
        self.toolCount = toolCount
        self.tool = tool
        self.text = text
    }
}
