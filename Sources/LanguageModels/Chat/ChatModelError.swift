/// A call to a language model that brought no reply, sorted by what the caller can do about it.
public struct ChatModelError: Error, Sendable, Hashable {
    /// What went wrong, for programs to tell apart.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// No connection, or it broke.
        case unreachable
        /// No reply in the time allowed.
        case timedOut = "timed-out"
        /// The server is busy or limits the rate of calls.
        case overloaded
        /// The server kept failing and is left alone for a while.
        case suspended
        /// The key is missing, wrong or not allowed to use the model.
        case unauthorized
        /// The conversation is longer than the model's context.
        case promptTooLong = "prompt-too-long"
        /// The server understood the call and refuses it.
        case rejected
        /// What the server answered is not a reply.
        case malformedReply = "malformed-reply"
        /// A scripted model has no reply left.
        case scriptExhausted = "script-exhausted"
        /// No reply to this request was recorded, or its recording is damaged.
        case recordingUnusable = "recording-unusable"
    }

    /// What a caller can do next.
    public enum Remedy: Sendable, Hashable {
        /// The same call may succeed later.
        case retry
        /// The call must be changed: another key, a shorter prompt, other parameters.
        case fixRequest
        /// Neither will help.
        case giveUp
    }

    /// What went wrong, for programs to tell apart.
    public var kind: Kind
    /// Name of the model that was asked.
    public var model: String
    /// What happened, safe to show and free of secrets.
    public var detail: String
    /// How long the server asks to wait before the next call.
    public var retryAfter: Duration?

    public init(_ kind: Kind, model: String, detail: String, retryAfter: Duration? = nil) {
        self.kind = kind
        self.model = model
        self.detail = detail
        self.retryAfter = retryAfter
    }

    /// What helps against it.
    public var remedy: Remedy {
        switch kind {
        case .unreachable, .timedOut, .overloaded, .suspended: .retry
        case .unauthorized, .promptTooLong, .rejected: .fixRequest
        case .malformedReply, .scriptExhausted, .recordingUnusable: .giveUp
        }
    }
}

extension ChatModelError: CustomStringConvertible {
    public var description: String {
        let problem =
            switch kind {
            case .unreachable: "cannot be reached"
            case .timedOut: "did not answer in time"
            case .overloaded: "is overloaded or limits the rate of calls"
            case .suspended: "is left alone for a while because it kept failing"
            case .unauthorized: "refuses the key"
            case .promptTooLong: "cannot take a prompt of this length"
            case .rejected: "refuses the request"
            case .malformedReply: "sent something that is not a reply"
            case .scriptExhausted: "has no scripted reply left"
            case .recordingUnusable: "has no usable recording of the reply"
            }
        return "the model \(model) \(problem): \(detail)"
    }
}
