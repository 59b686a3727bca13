public import SkillCatalog

/// A source that could not be read; what the library had of it is kept.
public struct SourceFailure: Sendable, Hashable {
    /// Short name of the source.
    public var source: String
    public var error: SkillSourceError
    /// Skills of the source that the library keeps as they were.
    public var keptSkills: Int
}

extension SourceFailure: CustomStringConvertible {
    public var description: String {
        switch keptSkills {
        case 0: "\(error); nothing of it is in the library"
        case 1: "\(error); its skill is kept as it was"
        default: "\(error); its \(keptSkills) skills are kept as they were"
        }
    }
}
