/// The lengths that the Agent Skills format allows, in characters (Unicode scalars), and those we add for tools.
///
/// Source: agentskills.io/specification. Longer texts are read with a warning and refused by the validator.
package enum SkillLimits {
    package static let name = 64
    package static let description = 1024
    package static let compatibility = 500
    /// Lines of a document; more is read but not recommended.
    package static let documentLines = 500
    /// Tools of one skill; models choose badly among more.
    package static let tools = 8
    /// Bytes of a tool's name, as models accept it.
    package static let toolName = 64
}
