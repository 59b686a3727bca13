import Glibc
public import JSONSchema
import Storage

/// Large results of one run, in files that are named after their content.
public actor ResultStore {
    private let folder: String
    private nonisolated let executor = BlockingExecutor(label: "result-store")

    /// Largest file that is read back.
    private static let maximumBytes = 1 << 30

    public init(_ workspace: RunWorkspace) { folder = workspace.results }

    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Writes a value, whole or not at all; it is on disk when this returns.
    func keep(_ value: JSONValue) throws(ToolFailure) -> ResultHandle {
        let bytes = Array(value.serialized().utf8)
        let handle = ResultHandle(bytes: bytes.count, hash: ContentHash(of: bytes).hexadecimal)
        let path = path(of: handle)
        guard !FileSystem.exists(path) else { return handle }
        do throws(StorageError) {
            try FileSystem.createFolder(folder)
            let partial = "\(path).\(getpid()).partial"
            do throws(StorageError) {
                try FileSystem.write(bytes, to: partial)
                try FileSystem.commit(partial, as: path)
            } catch {
                FileSystem.remove(partial)
                throw error
            }
        } catch {
            throw ToolFailure(
                .permanent,
                code: "result-not-kept",
                "a result of \(bytes.count) bytes cannot be kept: \(error)",
                effect: .unknown
            )
        }
        return handle
    }

    /// What a place in a result holds; a result that is a handle is read back first. Nil where the place does not exist.
    public func value(at pointer: JSONPointer, of result: JSONValue) throws(ToolFailure) -> JSONValue? {
        guard let handle = ResultHandle(result) else { return result[pointer] }
        return try read(handle)[pointer]
    }

    private func read(_ handle: ResultHandle) throws(ToolFailure) -> JSONValue {
        let path = path(of: handle)
        let reason: String
        do {
            let bytes = try FileSystem.read(path, limit: Self.maximumBytes)
            if ContentHash(of: bytes).hexadecimal == handle.hash { return try JSONParser.parse(utf8: bytes) }
            reason = "its content has changed"
        } catch {
            reason = "\(error)"
        }
        throw ToolFailure(.permanent, code: "result-lost", "the kept result \(path) cannot be used: \(reason)")
    }

    private func path(of handle: ResultHandle) -> String { "\(folder)/\(handle.hash).json" }
}
