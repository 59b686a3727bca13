public import SkillCatalog
import Storage

/// A file that describes tools: an OpenAPI 3.0 or 3.1 document, in JSON or YAML, or a list of functions.
public struct ToolDocumentFile: SkillSource {
    public let name: String
    public let location: String

    /// - Parameters:
    ///   - path: The file, absolute or relative to the working directory.
    ///   - name: Short name of the source; the stem of the file unless given.
    public init(path: String, name: String? = nil) {
        location = FileSystem.absolute(path)
        let file = FileSystem.name(of: location)
        let stem = file.lastIndex(of: ".").flatMap { $0 == file.startIndex ? nil : String(file[..<$0]) }
        self.name = SkillSources.name(name, or: stem ?? file)
    }

    public nonisolated(nonsending) func read(_ receive: (SourceRecord) async throws -> Void) async throws {
        guard FileSystem.exists(location) else {
            throw SkillSourceError(.missing, location: location, "does not exist")
        }
        let bytes: [UInt8]
        do throws(StorageError) {
            bytes = try FileSystem.read(location, limit: ToolDocument.maximumBytes)
        } catch {
            throw SkillSourceError(.unreadable, location: location, error.message)
        }
        let document = ToolDocument(source: name, location: location, address: nil)
        for record in try document.records(in: bytes) {
            try Task.checkCancellation()
            try await receive(record)
        }
    }

    public func changes(_ pace: WatchPace) -> AsyncStream<SourceChange> {
        SkillPath(path: location, formats: [ToolDocuments()]).changes(pace)
    }
}
