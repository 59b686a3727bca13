import Glibc

/// Runs real shells for the tests of what is generated for them.
enum Shell {
    /// Whether a program is installed.
    static func has(_ program: String) -> Bool { run("command -v \(program)").status == 0 }

    /// Runs a POSIX shell command; gives what it wrote, both streams together, and its exit status.
    static func run(_ command: String) -> (output: String, status: Int32) {
        guard let pipe = popen("{ \(command)\n} 2>&1 < /dev/null", "r") else { return ("popen failed", -1) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = fread(&buffer, 1, buffer.count, pipe), count > 0 { bytes += buffer[..<count] }
        let status = pclose(pipe)
        return (String(decoding: bytes, as: UTF8.self), status >> 8 & 0xFF)
    }
}

/// A folder of its own for one test, removed with everything in it.
final class TemporaryFolder {
    let path: String

    init() throws {
        var template = Array("\(P_tmpdir)/command-line-tests.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(call: "mkdtemp") }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit { _ = Shell.run("rm -rf '\(path)'") }

    /// Writes a file and gives its path.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try write(Array(text.utf8), to: name)
    }

    func write(_ bytes: [UInt8], to name: String) throws -> String {
        let file = "\(path)/\(name)"
        guard let stream = fopen(file, "w") else { throw Failure(call: "fopen") }
        defer { fclose(stream) }
        guard fwrite(bytes, 1, bytes.count, stream) == bytes.count else { throw Failure(call: "fwrite") }
        return file
    }

    struct Failure: Error { let call: String }
}
