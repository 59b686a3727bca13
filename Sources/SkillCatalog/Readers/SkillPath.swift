/// Whatever stands at a path when it is read: a folder of skills, a JSONL file, a Markdown list, or nothing for now.
///
/// What is there is looked at each time it is read, so that a source can be named while it is away.
public struct SkillPath: SkillSource {
    public let name: String
    public let location: String

    /// - Parameters:
    ///   - path: Absolute, or relative to the working directory.
    ///   - name: Short name of the source; the stem of the file or the folder's name unless given.
    public init(path: String, name: String? = nil) {
        let path = FilePath.absolute(path)
        location = path.text
        self.name = SkillSources.name(name, or: Self.isFile(path) ? path.stem : path.lastComponent)
    }

    public nonisolated(nonsending) func read(_ receive: (SourceRecord) async throws -> Void) async throws {
        try await SkillSources.source(at: location, name: name).read(receive)
    }

    public nonisolated(nonsending) func read(
        since known: KnownRecords,
        _ receive: (SourceDelivery) async throws -> Void
    ) async throws {
        try await SkillSources.source(at: location, name: name).read(since: known, receive)
    }

    public func changes(_ pace: WatchPace) -> AsyncStream<SourceChange> {
        let path = FilePath(location)
        if Self.isFile(path) { return FileWatch(path: location, pace: pace).changes() }
        return FolderWatch(root: path, limits: SkillFolderSearch.Limits(), pace: pace).changes()
    }

    private static func isFile(_ path: FilePath) -> Bool {
        if let status = try? FileStatus(of: path.text) { return status.kind != .folder }
        return ["jsonl", "ndjson", "md", "markdown"].contains(path.fileExtension)
    }
}
