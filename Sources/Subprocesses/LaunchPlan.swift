import CSpawn
import FoundationEssentials
import Glibc

/// A program's path and everything it is started with, checked.
struct LaunchPlan: Sendable {
    var path: String
    /// The first word is the program's name as it was called.
    var arguments: [String]
    var environment: [String: String]
    var workingDirectory: String?
    var resources = ResourceLimits()
    /// The program is the first of a process namespace of its own.
    var hasNamespace = false
    /// Become the child's descriptors above the three standard streams.
    var passed: [PassedDescriptor] = []

    /// Starts the child as the leader of a new process group, with default signal handling.
    ///
    /// The child is killed when the calling thread ends, which happens at the latest when this process does.
    /// - Parameter descriptors: become the child's 0, 1, 2, …; it gets no other.
    /// - Returns: its process id.
    func spawn(_ descriptors: [Int32]) throws(SubprocessError) -> pid_t {
        try check()
        let words = CStrings(arguments)
        let variables = CStrings(environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
        let limits = resources.entries
        var process: Int32 = 0
        let code = descriptors.withUnsafeBufferPointer { descriptors in
            limits.map(\.resource).withUnsafeBufferPointer { resources in
                limits.map(\.value).withUnsafeBufferPointer { values in
                    path.withCString { path in
                        withOptionalCString(workingDirectory) { folder in
                            var launch = skw_launch(
                                path: path,
                                arguments: UnsafePointer(words.pointers),
                                environment: UnsafePointer(variables.pointers),
                                folder: folder,
                                descriptors: descriptors.baseAddress,
                                descriptor_count: Int32(descriptors.count),
                                resources: resources.baseAddress,
                                limits: values.baseAddress,
                                limit_count: Int32(values.count),
                                has_namespace: hasNamespace ? 1 : 0
                            )
                            return skw_spawn(&launch, &process)
                        }
                    }
                }
            }
        }
        guard code == 0 else { throw .spawnFailed(executable: path, errno: code) }
        return process
    }

    private func check() throws(SubprocessError) {
        for argument in arguments where argument.utf8.contains(0) { throw .unusableText("an argument of \(path)") }
        for (name, value) in environment where name.utf8.contains(0) || value.utf8.contains(0) {
            throw .unusableText("a variable for \(path)")
        }
        if workingDirectory?.utf8.contains(0) == true { throw .unusableText("the working folder of \(path)") }
    }
}

extension ChildEnvironment {
    /// The variables themselves.
    var variables: [String: String] {
        switch self {
        case .inherited: ProcessInfo.processInfo.environment
        case .inheritedAdding(let more): ProcessInfo.processInfo.environment.merging(more) { _, added in added }
        case .only(let variables): variables
        }
    }
}

private func withOptionalCString<Value>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Value) -> Value {
    guard let text else { return body(nil) }
    return text.withCString { body($0) }
}

/// A null-terminated array of C strings that lives as long as this value.
private struct CStrings: ~Copyable {
    let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    init(_ texts: [String]) {
        count = texts.count
        pointers = .allocate(capacity: texts.count + 1)
        for (index, text) in texts.enumerated() { (pointers + index).initialize(to: strdup(text)) }
        (pointers + texts.count).initialize(to: nil)
    }

    deinit {
        for index in 0..<count { free(pointers[index]) }
        pointers.deallocate()
    }
}
