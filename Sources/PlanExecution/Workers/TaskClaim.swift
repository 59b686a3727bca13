/// That a worker makes one attempt at a task of a shared run.
package struct TaskClaim: Sendable, Hashable {
    package var task: TaskID
    /// Number of the attempt; 0 where a process drives the whole run.
    package var attempt: Int
    package var worker: String
    /// The worker was not heard of for the length of its lease.
    package var hasEnded = false
}

/// A task that may be begun and waits for a worker.
package struct ReadyTask: Sendable, Hashable {
    package var task: TaskID
    /// Library id of the skill it needs.
    package var skill: String
}

/// How an attempt of this worker ended.
package struct AttemptReport: Sendable {
    package var attempt: RunAttempt
    package var isCompensation: Bool
    package var result: Result<ToolResult, ToolFailure>
}

/// An answer to what this worker asked.
package struct CounselReport: Sendable {
    package var wish: CounselWish
    package var answer: CounselAnswer
}

/// An attempt that is to be made now.
package struct AttemptOrder: Sendable, Hashable {
    package var attempt: RunAttempt
    package var isCompensation: Bool
}
