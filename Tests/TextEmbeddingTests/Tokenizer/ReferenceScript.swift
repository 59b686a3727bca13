import Dispatch
import FoundationEssentials
import Glibc

/// Runs the Python script that asks Hugging Face `tokenizers` for its answer.
///
/// Interpreter and model folder are dependencies of these tests alone; without them the tests are skipped.
struct ReferenceScript {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    static let modelFolder = packageRoot + "/.deps/encoder"
    static let interpreter = packageRoot + "/.deps/test-python/bin/python"
    static let skipMessage = "needs .deps/test-python with Hugging Face tokenizers and .deps/encoder with vocab.txt"

    static var isAvailable: Bool {
        access(interpreter, X_OK) == 0 && access(modelFolder + "/vocab.txt", R_OK) == 0
            && access(modelFolder + "/tokenizer_config.json", R_OK) == 0
    }

    private static let testFolder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    private static let packageRoot = testFolder.dropLast(3).joined(separator: "/")
    private static let script = testFolder.joined(separator: "/") + "/reference_tokens.py"

    /// The records the script writes, one for each line.
    static func records<Record: Decodable>(_ arguments: [String], as type: Record.Type) async throws -> [Record] {
        let output = try await run(arguments)
        let decoder = JSONDecoder()
        return try output.split(separator: UInt8(ascii: "\n")).map { try decoder.decode(type, from: Data($0)) }
    }

    private static func run(_ arguments: [String]) async throws -> [UInt8] {
        var path = Array("\(FileManager.default.temporaryDirectory.path)/reference-tokens-XXXXXX".utf8CString)
        let output = mkstemp(&path)
        guard output >= 0 else { throw Failure(description: "no temporary file: errno \(errno)") }
        unlink(path)
        defer { close(output) }

        let process = try spawn([interpreter, script, modelFolder] + arguments, output: output)
        let status = await exitStatus(of: process)
        guard status == 0 else { throw Failure(description: "reference_tokens.py ended with wait status \(status)") }
        return try contents(of: output)
    }

    private static func spawn(_ command: [String], output: Int32) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)

        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process: pid_t = 0
        let code = posix_spawn(&process, command[0], &actions, nil, &arguments, environ)
        guard code == 0 else { throw Failure(description: "cannot start \(command[0]): errno \(code)") }
        return process
    }

    /// Waits on a thread of its own: the cooperative pool may be as small as two.
    private static func exitStatus(of process: pid_t) async -> Int32 {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var status: Int32 = 0
                while waitpid(process, &status, 0) < 0, errno == EINTR {}
                continuation.resume(returning: status)
            }
        }
    }

    private static func contents(of descriptor: Int32) throws -> [UInt8] {
        let size = Int(lseek(descriptor, 0, SEEK_END))
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: max(size, 0)) { buffer, initialized in
            while count < size {
                let received = pread(descriptor, buffer.baseAddress.map { $0 + count }, size - count, off_t(count))
                if received <= 0 { break }
                count += received
            }
            initialized = count
        }
        guard count == size else { throw Failure(description: "output is cut off: \(count) of \(size) bytes") }
        return bytes
    }
}
