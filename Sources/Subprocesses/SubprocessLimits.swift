/// What a child may use before it is stopped.
package struct SubprocessLimits: Sendable, Hashable {
    /// What happens when a child writes more than it may.
    package enum Overflow: Sendable, Hashable {
        /// The child is stopped and the call throws `SubprocessError.outputTooLarge`.
        case fail
        /// The rest is read and dropped; the result says so.
        case truncate
    }

    /// Longest run; nil waits without end.
    package var deadline: Duration?
    /// Most bytes kept of standard output.
    package var maximumOutputBytes: Int
    /// Most bytes kept of standard error; what is beyond is always dropped, never an error.
    package var maximumErrorBytes: Int
    package var overflow: Overflow
    /// Time between SIGTERM and SIGKILL to the group.
    package var terminationGrace: Duration
    /// How long output is still read after the child has ended, for the case that a process outside its group keeps
    /// the pipe open.
    package var drainGrace: Duration

    package init(
        deadline: Duration? = .seconds(60),
        maximumOutputBytes: Int = 64 << 20,
        maximumErrorBytes: Int = 1 << 20,
        overflow: Overflow = .fail,
        terminationGrace: Duration = .seconds(2),
        drainGrace: Duration = .milliseconds(250)
    ) {
        self.deadline = deadline
        self.maximumOutputBytes = max(0, maximumOutputBytes)
        self.maximumErrorBytes = max(0, maximumErrorBytes)
        self.overflow = overflow
        self.terminationGrace = terminationGrace
        self.drainGrace = drainGrace
    }
}
