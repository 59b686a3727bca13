/// A format of files that another module knows how to read as skills.
public protocol SkillFileFormat: Sendable {
    /// What the files are called, for messages and help: `an OpenAPI document (.json, .yaml)`.
    var accepted: String { get }

    /// Extensions of file names, in lower case and without the dot.
    var fileExtensions: Set<String> { get }

    /// Whether such files are read from http and https addresses, too.
    var readsAddresses: Bool { get }

    /// A source that reads such a file; what is inside is not looked at yet.
    ///
    /// - Parameters:
    ///   - place: an absolute path, or an address.
    ///   - name: Short name of the source; made from the place unless given.
    func source(at place: String, name: String?) throws(SkillSourceError) -> any SkillSource
}
