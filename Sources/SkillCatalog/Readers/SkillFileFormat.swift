/// A format of files that another module knows how to read as skills.
public protocol SkillFileFormat: Sendable {
    /// What the files are called, for messages and help: `an OpenAPI document (.json, .yaml)`.
    var accepted: String { get }

    /// Extensions of file names, in lower case and without the dot.
    var fileExtensions: Set<String> { get }

    /// A source that reads such a file; what is inside is not looked at yet.
    ///
    /// - Parameters:
    ///   - path: absolute.
    ///   - name: Short name of the source; the stem of the file unless given.
    func source(at path: String, name: String?) -> any SkillSource
}
