import CSpawn
import FoundationEssentials
import Glibc

/// A program's path and everything it is started with, checked and in the form `posix_spawn` takes.
struct LaunchPlan: Sendable {
    var path: String
    /// The first word is the program's name as it was called.
    var arguments: [String]
    var environment: [String: String]
    var workingDirectory: String?

    /// Starts the child as the leader of a new process group, with default signal handling.
    ///
    /// - Returns: its process id.
    func spawn(input: Int32, output: Int32, error: Int32) throws(SubprocessError) -> pid_t {
        try check()
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        try require(posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO))
        try require(posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO))
        try require(posix_spawn_file_actions_adddup2(&actions, error, STDERR_FILENO))
        try require(skw_spawn_add_close_from(&actions, STDERR_FILENO + 1))
        if let workingDirectory { try require(skw_spawn_add_change_folder(&actions, workingDirectory)) }

        var unblocked = sigset_t()
        sigemptyset(&unblocked)
        var defaulted = sigset_t()
        sigemptyset(&defaulted)
        for signal in [SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGALRM, SIGTERM, SIGCHLD, SIGUSR1, SIGUSR2] {
            sigaddset(&defaulted, signal)
        }
        posix_spawnattr_setsigmask(&attributes, &unblocked)
        posix_spawnattr_setsigdefault(&attributes, &defaulted)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)
        )

        let words = CStrings(arguments)
        let variables = CStrings(environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
        var process: pid_t = 0
        try require(posix_spawn(&process, path, &actions, &attributes, words.pointers, variables.pointers))
        return process
    }

    private func check() throws(SubprocessError) {
        for argument in arguments where argument.utf8.contains(0) { throw .unusableText("an argument of \(path)") }
        for (name, value) in environment where name.utf8.contains(0) || value.utf8.contains(0) {
            throw .unusableText("a variable for \(path)")
        }
        if workingDirectory?.utf8.contains(0) == true { throw .unusableText("the working folder of \(path)") }
    }

    private func require(_ code: Int32) throws(SubprocessError) {
        guard code == 0 else { throw .spawnFailed(executable: path, errno: code) }
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
