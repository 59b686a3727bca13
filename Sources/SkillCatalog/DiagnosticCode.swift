/// Every word that `Diagnostic.code` can be when skills are read or validated.
///
/// Programs may rely on these words: one is never renamed, and never reused for something else.
public enum DiagnosticCode: String, Sendable, Hashable, CaseIterable {
    // MARK: Files and folders

    /// A file that is needed does not exist.
    case missingFile = "missing-file"
    /// The system refused to open or read a file.
    case unreadableFile = "unreadable-file"
    /// The system refused to list a folder.
    case unreadableFolder = "unreadable-folder"
    /// A pipe, socket, device or folder stands where a file belongs.
    case notRegularFile = "not-regular-file"
    /// A file is larger than what is read.
    case fileTooLarge = "file-too-large"
    /// A text file holds zero bytes: an image, a program, or text in UTF-16.
    case binaryFile = "binary-file"
    /// A text file is not UTF-8.
    case invalidUTF8 = "invalid-utf8"
    /// A text file holds nothing but white space.
    case emptyFile = "empty-file"
    /// The name of a file or folder is not UTF-8.
    case invalidFileName = "invalid-file-name"
    /// A symbolic link leads out of the folder that is read.
    case linkOutside = "link-outside"
    /// A symbolic link leads back to a folder that contains it, or to itself.
    case linkLoop = "link-loop"
    /// A symbolic link leads nowhere.
    case brokenLink = "broken-link"
    /// The folder tree is deeper or wider than what is searched.
    case searchLimit = "search-limit"

    // MARK: Front matter

    /// The document has no front matter where the format asks for one.
    case missingFrontMatter = "missing-front-matter"
    /// The front matter is opened by `---` and never closed.
    case unclosedFrontMatter = "unclosed-front-matter"
    /// The front matter is not YAML that can be read.
    case invalidYAML = "invalid-yaml"
    /// The front matter is YAML but not a mapping of fields.
    case invalidFrontMatter = "invalid-front-matter"
    /// A field appears twice.
    case duplicateField = "duplicate-field"
    /// A field has a value of the wrong kind.
    case invalidField = "invalid-field"
    /// A field is not one the Agent Skills format knows.
    case unknownField = "unknown-field"

    // MARK: Names and texts

    /// There is no name where one is needed.
    case missingName = "missing-name"
    /// A name is longer than allowed.
    case nameTooLong = "name-too-long"
    /// A name has characters it must not have.
    case invalidName = "invalid-name"
    /// A name has capital letters.
    case nameNotLowercase = "name-not-lowercase"
    /// A name begins or ends with a hyphen, or has two in a row.
    case nameHyphens = "name-hyphens"
    /// A name differs from the name of its folder.
    case nameMismatch = "name-mismatch"
    /// There is no description.
    case missingDescription = "missing-description"
    /// A description is longer than allowed.
    case descriptionTooLong = "description-too-long"
    /// The compatibility text is longer than allowed.
    case compatibilityTooLong = "compatibility-too-long"
    /// The document is longer than recommended.
    case longDocument = "long-document"
    /// The document names a file that does not exist.
    case missingReference = "missing-reference"
    /// The document names a file outside the skill's folder.
    case referenceOutside = "reference-outside"

    // MARK: Tools

    /// `schema.json` is not a list of tools.
    case invalidToolsFile = "invalid-tools-file"
    /// An entry of `schema.json` is not a well-formed tool.
    case invalidTool = "invalid-tool"
    /// A tool's name does not fit what models accept.
    case invalidToolName = "invalid-tool-name"
    /// Two tools of one skill have the same name.
    case duplicateTool = "duplicate-tool"
    /// A tool has the name of its skill.
    case toolNamedLikeSkill = "tool-named-like-skill"
    /// A tool has no description.
    case missingToolDescription = "missing-tool-description"
    /// A tool has no function of its name in `tools.py`.
    case missingFunction = "missing-function"
    /// A skill has more tools than a model chooses well from.
    case tooManyTools = "too-many-tools"

    // MARK: Records of a list

    /// A line, or a whole file, is not JSON.
    case invalidJSON = "invalid-json"
    /// A line is JSON but not a record of a skill.
    case invalidRecord = "invalid-record"
    /// A line is longer than what is read.
    case lineTooLong = "line-too-long"
    /// An entry of `inputs` or `outputs` cannot be understood.
    case invalidParameter = "invalid-parameter"
}

extension Diagnostic {
    init(_ severity: Severity, _ code: DiagnosticCode, _ message: String, file: String? = nil, line: Int? = nil) {
        self.init(severity, code: code.rawValue, message, file: file, line: line)
    }
}
