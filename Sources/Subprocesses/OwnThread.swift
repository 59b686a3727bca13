import Glibc

/// Runs a blocking piece of work on a thread of its own and returns at once.
///
/// SIGPIPE is blocked on that thread: a child that closes its input early is `EPIPE`, not the end of this process.
/// - Parameter stackBytes: more for work that nests deeply, such as reading JSON of strangers.
/// - Returns: 0, or the error code when no thread could be had; the work is then not run.
package func startThread(stackBytes: Int = 512 << 10, _ work: @escaping @Sendable () -> Void) -> Int32 {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    pthread_attr_setstacksize(&attributes, stackBytes)

    let box = Unmanaged.passRetained(ThreadWork(work))
    var thread = pthread_t()
    let code = pthread_create(&thread, &attributes, runThread, box.toOpaque())
    if code != 0 { box.release() }
    return code
}

private final class ThreadWork: Sendable {
    let work: @Sendable () -> Void

    init(_ work: @escaping @Sendable () -> Void) { self.work = work }
}

private func runThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    var blocked = sigset_t()
    sigemptyset(&blocked)
    sigaddset(&blocked, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &blocked, nil)
    if let argument { Unmanaged<ThreadWork>.fromOpaque(argument).takeRetainedValue().work() }
    return nil
}
