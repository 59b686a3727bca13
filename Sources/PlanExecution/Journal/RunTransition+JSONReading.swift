package import JSONSchema

/// A transition that cannot be read: damaged, or written by a newer version.
package struct TransitionSyntaxError: Error, Sendable, Hashable {
    package let reason: String
}

extension RunTransition {
    /// Reads a transition from its JSON.
    package init(json: JSONValue) throws(TransitionSyntaxError) {
        let reader = TransitionReader(json)
        guard let kind = KindWord(rawValue: try reader.text("kind")) else {
            throw TransitionSyntaxError(reason: "it has an unknown kind \(try reader.text("kind"))")
        }
        switch kind {
        case .driven: self = .driven(by: try reader.text("by"))
        case .fannedOut: self = .fannedOut(step: try reader.text("step"), count: try reader.integer("count"))
        case .attemptStarted: self = .attemptStarted(try reader.attempt)
        case .succeeded:
            self = .succeeded(
                try reader.task,
                attempt: try reader.integer("attempt"),
                value: json["value"] ?? .null,
                remarks: reader.texts("remarks")
            )
        case .attemptFailed:
            self = .attemptFailed(
                try reader.task,
                attempt: try reader.integer("attempt"),
                try reader.failure
            )
        case .attemptLost: self = .attemptLost(try reader.task, attempt: try reader.integer("attempt"))
        case .retryPlanned:
            let until = RunTime(milliseconds: Int64(try reader.integer("until")))
            self = .retryPlanned(try reader.task, until: until, because: try reader.text("because"))
        case .repaired:
            let change = ArgumentChange(
                arguments: try reader.object("arguments"),
                changes: reader.texts("changes"),
                author: try reader.text("by")
            )
            self = .repaired(try reader.task, change)
        case .fellBack: self = .fellBack(try reader.task, try reader.fallback)
        case .replanned: self = .replanned(try reader.task, try RunReplan(json: json))
        case .unadvised:
            self = .unadvised(
                try reader.task,
                try reader.word("about"),
                by: try reader.text("by"),
                because: try reader.text("because")
            )
        case .asked: self = .asked(try reader.task, try reader.question)
        case .answered: self = .answered(try reader.task, try reader.answer, by: try reader.text("by"))
        case .failed: self = .failed(try reader.task, try reader.failure)
        case .skipped: self = .skipped(try reader.task, try reader.skipReason)
        case .compensationStarted: self = .compensationStarted(try reader.attempt)
        case .compensated: self = .compensated(try reader.task)
        case .compensationFailed:
            let isFinal = json["final"]?.boolValue ?? true
            self = .compensationFailed(try reader.task, try reader.failure, isFinal: isFinal)
        case .skillChanged: self = .skillChanged(skill: try reader.text("skill"))
        case .cancelRequested: self = .cancelRequested(by: try reader.text("by"))
        case .paused: self = .paused(try reader.word("reason"))
        case .finished: self = .finished(try reader.word("outcome"))
        }
    }
}

/// Members of a stored transition, each with an error that names it.
private struct TransitionReader {
    let json: JSONValue

    init(_ json: JSONValue) { self.json = json }

    func missing(_ name: String) -> TransitionSyntaxError {
        TransitionSyntaxError(reason: "its member \(name) is missing or of the wrong type")
    }

    func text(_ name: String) throws(TransitionSyntaxError) -> String {
        guard let text = json[name]?.stringValue else { throw missing(name) }
        return text
    }

    func integer(_ name: String) throws(TransitionSyntaxError) -> Int {
        guard let value = json[name]?.intValue else { throw missing(name) }
        return value
    }

    func object(_ name: String) throws(TransitionSyntaxError) -> JSONObject {
        guard let value = json[name]?.objectValue else { throw missing(name) }
        return value
    }

    func texts(_ name: String) -> [String] { json[name]?.arrayValue?.compactMap(\.stringValue) ?? [] }

    func word<Word: RawRepresentable<String>>(_ name: String) throws(TransitionSyntaxError) -> Word {
        guard let word = Word(rawValue: try text(name)) else { throw missing(name) }
        return word
    }

    var task: TaskID {
        get throws(TransitionSyntaxError) { TaskID(step: try text("step"), element: json["element"]?.intValue) }
    }

    var attempt: RunAttempt {
        get throws(TransitionSyntaxError) {
            RunAttempt(
                task: try task,
                number: try integer("attempt"),
                skill: try text("skill"),
                tool: try text("tool"),
                arguments: json["arguments"]?.objectValue,
                worker: json["worker"]?.stringValue
            )
        }
    }

    var fallback: RunFallback {
        get throws(TransitionSyntaxError) {
            var rebound: [String: String] = [:]
            for (old, new) in json["rebound"]?.objectValue ?? [:] { rebound[old] = new.stringValue }
            return RunFallback(
                skill: try text("skill"),
                tool: try text("tool"),
                arguments: try object("arguments"),
                rebound: rebound,
                because: try text("because"),
                passedOver: texts("passed_over")
            )
        }
    }

    var failure: ToolFailure {
        get throws(TransitionSyntaxError) {
            guard let failure = json["failure"].flatMap(ToolFailure.init(json:)) else { throw missing("failure") }
            return failure
        }
    }

    var question: RunQuestion {
        get throws(TransitionSyntaxError) {
            guard let inner = json["question"] else { throw missing("question") }
            let reader = TransitionReader(inner)
            return RunQuestion(
                kind: try reader.word("kind"),
                text: try reader.text("text"),
                tool: try reader.text("tool"),
                argument: inner["argument"]?.stringValue,
                arguments: try reader.object("arguments")
            )
        }
    }

    var answer: RunAnswer {
        get throws(TransitionSyntaxError) {
            switch try text("answer") {
            case "approve": return .approve
            case "deny": return .deny
            case "value": return .value(json["value"] ?? .null)
            case "done": return .done(json["value"] ?? .null)
            default: throw missing("answer")
            }
        }
    }

    var skipReason: SkipReason {
        get throws(TransitionSyntaxError) {
            switch try text("why") {
            case "condition": return .condition(try text("text"))
            case "needs_skipped": return .needsSkipped(step: try text("needs"))
            case "needs_failed": return .needsFailed(step: try text("needs"))
            case "cancelled": return .cancelled
            default: throw missing("why")
            }
        }
    }
}

extension ToolFailure {
    /// Reads what `json` wrote; nil for anything else.
    package init?(json: JSONValue) {
        guard let kind = json["kind"]?.stringValue.flatMap(Kind.init),
            let code = json["code"]?.stringValue, let message = json["message"]?.stringValue
        else { return nil }
        self.init(
            kind,
            code: code,
            message,
            effect: json["effect"]?.stringValue.flatMap(Effect.init) ?? .none,
            retryAfter: json["retry_after_ms"]?.intValue.map { .milliseconds($0) }
        )
    }
}
