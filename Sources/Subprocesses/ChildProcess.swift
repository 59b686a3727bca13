import CSpawn
import Glibc

/// A started child, and, where it is the first of a process namespace, everything it starts.
///
/// Such a namespace ends with its first process, the kernel sees to that, whatever its members did to escape: new sessions,
/// new groups, orphans.
struct ChildProcess: ~Copyable {
    /// Leads the group of the same number.
    let process: pid_t
    /// Readable when the child has ended, with its namespace where it has one.
    let descriptor: Descriptor
    private let hasNamespace: Bool

    /// Starts a child on the calling thread, which it does not survive.
    ///
    /// - Parameter streams: become its descriptors 0, 1 and 2.
    static func start(_ launch: LaunchPlan, streams: [Int32]) throws(SubprocessError) -> ChildProcess {
        let process = try launch.spawn(streams + launch.passed.map(\.number))
        let number = skw_process_descriptor(process)
        if number < 0 {
            let code = errno
            kill(-process, SIGKILL)
            _ = Self.wait(for: process)
            throw .spawnFailed(executable: launch.path, errno: code)
        }
        return ChildProcess(
            process: process,
            descriptor: Descriptor(owning: number),
            hasNamespace: launch.hasNamespace
        )
    }

    private init(process: pid_t, descriptor: consuming Descriptor, hasNamespace: Bool) {
        self.process = process
        self.descriptor = descriptor
        self.hasNamespace = hasNamespace
    }

    /// Sends a signal to the group; only while the child is not reaped.
    func signalGroup(_ signal: Int32) { kill(-process, signal) }

    /// Takes the end of the child, which has come.
    func reap() -> TerminationStatus {
        let status = Self.wait(for: process)
        return hasNamespace ? status.ofInner : status
    }

    private static func wait(for process: pid_t) -> TerminationStatus {
        var code: Int32 = 0
        while waitpid(process, &code, 0) < 0 && errno == EINTR {}
        let signal = code & 0x7F
        return signal == 0 ? .exited((code >> 8) & 0xFF) : .signalled(signal)
    }
}

extension TerminationStatus {
    /// The end of the program inside, where this is bubblewrap's: it passes a signal on as 128 and its number.
    fileprivate var ofInner: TerminationStatus {
        if case .exited(let code) = self, (129...192).contains(code) { .signalled(code - 128) } else { self }
    }
}
