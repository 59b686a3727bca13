import Glibc
import JSONSchema
import Storage

/// Small JSON files that people read and programs replace as a whole.
enum JSONFile {
    /// The content of a file; nil where there is none.
    static func read(_ path: String, limit: Int = 32 << 20) throws(AuthoringError) -> JSONValue? {
        guard FileSystem.exists(path) else { return nil }
        let bytes: [UInt8]
        do throws(StorageError) {
            bytes = try FileSystem.read(path, limit: limit)
        } catch {
            throw AuthoringError(.files, "\(error)")
        }
        do throws(JSONSyntaxError) {
            return try JSONParser.parse(utf8: bytes)
        } catch {
            throw AuthoringError(
                .invalid,
                "\(path) is damaged: \(error)",
                advice: "restore it, or remove it to start anew"
            )
        }
    }

    /// Writes a file in one step: who reads it meanwhile sees the old one.
    static func write(_ value: JSONValue, to path: String) throws(AuthoringError) {
        try write(Array((value.serialized(.indented) + "\n").utf8), to: path, mode: 0o644)
    }

    /// Writes any bytes in one step.
    static func write(_ bytes: [UInt8], to path: String, mode: mode_t) throws(AuthoringError) {
        var random = SystemRandomNumberGenerator()
        let temporary = "\(path).\(getpid())-\(String(random.next(), radix: 36)).new"
        do throws(StorageError) {
            try FileSystem.write(bytes, to: temporary)
            chmod(temporary, mode)
            try FileSystem.commit(temporary, as: path)
        } catch {
            FileSystem.remove(temporary)
            throw AuthoringError(.files, "\(error)")
        }
    }
}
