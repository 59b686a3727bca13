/// One `SKILL.md` taken apart, whatever its form.
struct SkillFile: Sendable, Hashable {
    /// Largest `SKILL.md` that is read, in bytes.
    static let maximumBytes = 1 << 20
    /// Names of the file, the first one preferred.
    static let names = ["SKILL.md", "skill.md"]

    var path: String
    /// The fields of its front matter; nil for the plain form, which has none.
    var header: SkillHeader?
    /// The Markdown after the front matter, or the whole text where there is none.
    var body: String
    /// Line of the file on which the body starts, from 1.
    var bodyLine: Int

    /// Reads and cuts a file. Throws the diagnostic when nothing can be made of it.
    init(path: String) throws(Rejection) {
        let bytes: [UInt8]
        do throws(FileFault) {
            bytes = try RegularFile.contents(of: path, limit: Self.maximumBytes)
        } catch {
            throw Rejection(error)
        }
        try self.init(text: try TextDecoding.decode(bytes, file: path), path: path)
    }

    init(text: String, path: String) throws(Rejection) {
        self.path = path
        guard !text.trimmed.isEmpty else { throw Rejection(.emptyFile, "it is empty", file: path) }
        let frontMatter: FrontMatter?
        do throws(FrontMatter.Unclosed) {
            frontMatter = try FrontMatter.split(text)
        } catch {
            throw Rejection(
                .unclosedFrontMatter,
                "the front matter is not closed; end it with a line of three hyphens",
                file: path,
                line: error.line
            )
        }
        header = try frontMatter.map { front throws(Rejection) in try SkillHeader(front, path: path) }
        body = frontMatter?.body ?? text
        bodyLine = frontMatter?.bodyLine ?? 1
    }
}
