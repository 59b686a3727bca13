/// Where a task stands.
package enum TaskStatus: String, Choice {
    case working
    /// The client is to answer something first.
    case inputRequired = "input_required"
    case completed
    case cancelled
    /// Ended with an error of the protocol; a tool that failed completes its task.
    case failed

    /// Whether the task can change no more.
    package var isFinal: Bool {
        switch self {
        case .working, .inputRequired: false
        case .completed, .cancelled, .failed: true
        }
    }
}
