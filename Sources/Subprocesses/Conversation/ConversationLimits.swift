/// What a child that is spoken with may use before it is stopped.
package struct ConversationLimits: Sendable, Hashable {
    /// Most bytes of one line it says; a longer one ends the conversation.
    package var maximumLineBytes: Int
    /// How many bytes of lines may wait to be received before the child has to wait.
    package var maximumWaitingBytes: Int
    /// How many bytes may wait until the child reads them, whatever the size of one line.
    package var maximumOutgoingBytes: Int
    /// How many bytes of the end of standard error are kept.
    package var maximumRemarkBytes: Int
    /// Time between SIGTERM and SIGKILL to the group; none kills at once.
    package var terminationGrace: Duration
    /// How long output is still read after the child has ended.
    package var drainGrace: Duration

    package init(
        maximumLineBytes: Int = 64 << 20,
        maximumWaitingBytes: Int = 1 << 20,
        maximumOutgoingBytes: Int = 64 << 20,
        maximumRemarkBytes: Int = 16 << 10,
        terminationGrace: Duration = .seconds(2),
        drainGrace: Duration = .milliseconds(100)
    ) {
        self.maximumLineBytes = max(1, maximumLineBytes)
        self.maximumWaitingBytes = max(1, maximumWaitingBytes)
        self.maximumOutgoingBytes = max(1, maximumOutgoingBytes)
        self.maximumRemarkBytes = max(0, maximumRemarkBytes)
        self.terminationGrace = terminationGrace
        self.drainGrace = drainGrace
    }
}
