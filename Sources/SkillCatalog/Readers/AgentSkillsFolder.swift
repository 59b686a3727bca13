/// A folder that is one skill, or holds many.
///
/// A skill is a folder with a `SKILL.md`: with YAML front matter in the Agent Skills format, or in the plain form whose
/// first heading is the description and whose folder gives the name. A `schema.json` beside it lists the skill's tools,
/// and a `tools.py` has one function for each. Subfolders are searched; hidden ones, `node_modules` and links that lead
/// out of the folder are not.
///
/// Files are read on the calling task, one skill at a time.
public struct AgentSkillsFolder: SkillSource {
    public let name: String
    public let location: String
    let limits: SkillFolderSearch.Limits

    /// - Parameters:
    ///   - path: The folder, absolute or relative to the working directory.
    ///   - name: Short name of the source; the folder's name unless given.
    public init(path: String, name: String? = nil) {
        self.init(path: path, name: name, limits: SkillFolderSearch.Limits())
    }

    init(path: String, name: String?, limits: SkillFolderSearch.Limits) {
        let folder = FilePath.absolute(path)
        location = folder.text
        self.name = SkillSources.name(name, or: folder.lastComponent)
        self.limits = limits
    }

    public nonisolated(nonsending) func read(_ receive: (SourceRecord) async throws -> Void) async throws {
        try await read(since: KnownRecords()) { delivery in
            if case .record(let record, _) = delivery { try await receive(record) }
        }
    }

    public func changes(_ pace: WatchPace) -> AsyncStream<SourceChange> {
        FolderWatch(root: FilePath(location), limits: limits, pace: pace).changes()
    }

    /// Passes over the skill folders whose files are as they were, by their times and sizes.
    public nonisolated(nonsending) func read(
        since known: KnownRecords,
        _ receive: (SourceDelivery) async throws -> Void
    ) async throws {
        var known = known
        let root = FilePath(location)
        let resolvedRoot: FilePath
        var search: SkillFolderSearch
        do throws(FileFault) {
            guard try FileStatus(of: location).kind == .folder else {
                throw FileFault(.notRegular, path: location, "is not a folder")
            }
            resolvedRoot = try root.resolved()
            search = try SkillFolderSearch(root: root, limits: limits)
        } catch {
            throw error.asSourceError
        }
        var hasSkillFile = false
        while let finding = search.next() {
            try Task.checkCancellation()
            switch finding {
            case .diagnostic(let diagnostic): try await receive(.record(.diagnostic(diagnostic), stamp: nil))
            case .skill(let folder, let file):
                hasSkillFile = true
                // Taken before the files are read: what changes in between is read once more the next time.
                let stamp = RecordStamp.ofSkillFolder(folder, file: file, resolvedRoot: resolvedRoot)
                if let record = stamp.flatMap({ known.claim($0) }) {
                    try await receive(.unchanged(record))
                    continue
                }
                var reader = SkillFolderReader(folder: folder, source: name, resolvedRoot: resolvedRoot)
                let records = reader.records(file: file)
                for record in records { try await receive(.record(record, stamp: records.count == 1 ? stamp : nil)) }
            }
        }
        try checkStillThere(resolvedRoot)
        guard hasSkillFile else {
            throw SkillSourceError(
                .empty,
                location: location,
                "holds no SKILL.md; a skill is a folder with that file (hidden folders are not searched)"
            )
        }
    }

    /// Throws when the folder went away while it was read: what was found then says nothing.
    private func checkStillThere(_ resolvedRoot: FilePath) throws(SkillSourceError) {
        do throws(FileFault) {
            _ = try FolderListing(of: location, limit: 1)
            guard try FilePath(location).resolved() == resolvedRoot else {
                throw FileFault(.failed, path: location, "was moved while it was read; try again")
            }
        } catch {
            throw error.asSourceError
        }
    }
}
