import CSpawn
import Glibc

/// A started child with its streams, and, where it says so, the process that holds everything it starts.
///
/// That process is the first of a process namespace, which ends with it, the kernel sees to that, whatever its members did
/// to escape: new sessions, new groups, orphans.
struct ChildProcess: ~Copyable {
    /// Leads the group of the same number.
    let process: pid_t
    /// Readable when the child has ended.
    let descriptor: Descriptor
    private var report: OutputCapture?
    private var inner: Descriptor?

    /// Longest wait for the kernel to clear away the processes of a namespace that was killed.
    private static let clearingMilliseconds: Int32 = 5000
    /// Longest report that is read.
    private static let reportBytes = 4096

    /// Starts a child on the calling thread, which it does not survive.
    ///
    /// - Parameter streams: become its descriptors 0, 1 and 2.
    static func start(_ launch: LaunchPlan, streams: [Int32]) throws(SubprocessError) -> ChildProcess {
        let passed = launch.passed.map(\.number)
        guard launch.reportsInnerProcess else {
            return try ChildProcess(try launch.spawn(streams + passed), launch, report: nil)
        }
        let pipe = try Descriptor.pipe(executable: launch.path)
        let process = try launch.spawn(streams + [pipe.write.number] + passed)
        return try ChildProcess(process, launch, report: OutputCapture(pipe.read, limit: reportBytes))
    }

    private init(_ process: pid_t, _ launch: LaunchPlan, report: consuming OutputCapture?) throws(SubprocessError) {
        let number = skw_process_descriptor(process)
        if number < 0 {
            let code = errno
            kill(-process, SIGKILL)
            _ = Self.wait(for: process)
            throw .spawnFailed(executable: launch.path, errno: code)
        }
        self.process = process
        self.report = report
        descriptor = Descriptor(owning: number)
        inner = nil
    }

    /// Sends a signal to the group; only while the child is not reaped.
    func signalGroup(_ signal: Int32) { kill(-process, signal) }

    /// The descriptor of the report, to poll for reading; −1, which `poll` ignores, where nothing is to come.
    var reportDescriptor: Int32 {
        switch report {
        case .some(let report): report.descriptor
        case nil: -1
        }
    }

    /// Takes what is there of the report.
    mutating func readReport() {
        guard reportDescriptor >= 0 else { return }
        report?.read()
        guard let number = ContainerReport.process(in: reportBytes) else { return }
        report = nil
        let opened = skw_process_descriptor(number)
        if opened >= 0 { inner = Descriptor(owning: opened) }
    }

    /// Kills all there is: the group, and the namespace where there is one.
    mutating func killAll() {
        signalGroup(SIGKILL)
        killInner()
    }

    /// Takes the end of the child, which has come, and returns when nothing is left of its namespace.
    mutating func reap() -> TerminationStatus {
        readReport()
        killInner()
        let status = Self.wait(for: process)
        if let number = innerNumber {
            var watched = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
            while poll(&watched, 1, Self.clearingMilliseconds) < 0 && errno == EINTR {}
            inner = nil
            return status.ofInner
        }
        report = nil
        return status
    }

    private var reportBytes: [UInt8] {
        switch report {
        case .some(let report): report.bytes
        case nil: []
        }
    }

    private var innerNumber: Int32? {
        switch inner {
        case .some(let inner): inner.number
        case nil: nil
        }
    }

    private func killInner() {
        if let number = innerNumber { _ = skw_signal_process(number, SIGKILL) }
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

/// What bubblewrap writes to the descriptor of its option `--info-fd`: `{"child-pid": 123}`.
enum ContainerReport {
    /// The number of the process that is the first of the namespace; nil until the report is complete.
    static func process(in bytes: [UInt8]) -> pid_t? {
        let name = Array("\"child-pid\":".utf8)
        guard bytes.contains(UInt8(ascii: "}")),
            let start = bytes.indices.first(where: { bytes[$0...].starts(with: name) })
        else { return nil }
        let digits = bytes[(start + name.count)...].drop { $0 == UInt8(ascii: " ") }
            .prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return pid_t(String(decoding: digits, as: UTF8.self)).flatMap { $0 > 1 ? $0 : nil }
    }
}
