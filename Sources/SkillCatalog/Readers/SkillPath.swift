/// Whatever stands at a path when it is read: a folder of skills, a JSONL file, a Markdown list, or nothing for now.
///
/// What is there is looked at each time it is read, so that a source can be named while it is away.
public struct SkillPath: SkillSource {
    public let name: String
    public let location: String
    private let formats: [any SkillFileFormat]

    /// - Parameters:
    ///   - path: Absolute, or relative to the working directory; an http or https address where a format reads those.
    ///   - name: Short name of the source; the stem of the file or the folder's name unless given.
    ///   - formats: of files that other modules read.
    public init(path: String, name: String? = nil, formats: [any SkillFileFormat] = []) {
        self.formats = formats
        if SourceAddress.isOne(path) {
            location = path
            self.name = SkillSources.name(name, or: SourceAddress.name(of: path))
            return
        }
        let path = FilePath.absolute(path)
        location = path.text
        self.name = SkillSources.name(name, or: Self.isFile(path, formats) ? path.stem : path.lastComponent)
    }

    public nonisolated(nonsending) func read(_ receive: (SourceRecord) async throws -> Void) async throws {
        try await SkillSources.source(at: location, name: name, formats: formats).read(receive)
    }

    public nonisolated(nonsending) func read(
        since known: KnownRecords,
        _ receive: (SourceDelivery) async throws -> Void
    ) async throws {
        try await SkillSources.source(at: location, name: name, formats: formats).read(since: known, receive)
    }

    public func changes(_ pace: WatchPace) -> AsyncStream<SourceChange> {
        if SourceAddress.isOne(location) { return AsyncStream { $0.finish() } }
        let path = FilePath(location)
        if Self.isFile(path, formats) { return FileWatch(path: location, pace: pace).changes() }
        return FolderWatch(root: path, limits: SkillFolderSearch.Limits(), pace: pace).changes()
    }

    private static func isFile(_ path: FilePath, _ formats: [any SkillFileFormat]) -> Bool {
        if let status = try? FileStatus(of: path.text) { return status.kind != .folder }
        if formats.contains(where: { $0.fileExtensions.contains(path.fileExtension) }) { return true }
        return ["jsonl", "ndjson", "md", "markdown"].contains(path.fileExtension)
    }
}
