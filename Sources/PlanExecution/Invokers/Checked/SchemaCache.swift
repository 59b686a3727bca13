import JSONSchema
import Synchronization

/// Compiled schemas of the tools that were called.
final class SchemaCache: Sendable {
    private struct Entry {
        var document: JSONValue
        var schema: Result<Schema, SchemaError>
    }

    /// Most schemas kept; beyond that the cache starts again.
    private static let maximumCount = 4096

    private let entries = Mutex<[String: Entry]>([:])

    /// The schema of a document, compiled when it is asked for the first time or has changed.
    func schema(_ document: JSONValue, name: String) throws(SchemaError) -> Schema {
        let known = entries.withLock { $0[name] }
        if let known, known.document == document { return try known.schema.get() }
        let schema: Result<Schema, SchemaError>
        do throws(SchemaError) {
            schema = .success(try Schema(document))
        } catch {
            schema = .failure(error)
        }
        entries.withLock { entries in
            if entries.count >= Self.maximumCount { entries = [:] }
            entries[name] = Entry(document: document, schema: schema)
        }
        return try schema.get()
    }
}
