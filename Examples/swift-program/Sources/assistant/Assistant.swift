import SkillWeaver

/// Routes a request over functions of this program, shows the plan, runs it.
///
///     swift run assistant "Look up order 4711"
@main
struct Assistant {
    static func main() async throws {
        let words = CommandLine.arguments.dropFirst().joined(separator: " ")
        let request = words.isEmpty ? "Look up order 4711" : words

        var options = RouterOptions()
        options.formats = [ToolDocuments()]
        options.invokers = .standard(additional: [FunctionInvoker(Shop().call)])
        let router = try await SkillRouter(library: .source(functions), options: options)

        let plan = try await router.route(request)
        print(plan.table())
        guard !plan.fitsNothing else { return }

        var run = RunRequest()
        // The functions are this program's own, and it asks nobody before it calls them; descriptions of functions do not say
        // what is harmless, so otherwise each would wait for consent. What is missing ends the run.
        run.options.approval = .auto
        for try await event in router.run(plan, run) {
            if let line = describe(event.entry.transition) { print(line) }
        }
    }

    /// The description of this program's functions, as language models take it, beside its sources.
    static let functions = String(#filePath.dropLast("Sources/assistant/Assistant.swift".count)) + "functions.json"

    static func describe(_ transition: RunTransition) -> String? {
        switch transition {
        case .attemptStarted(let attempt):
            "\(attempt.task): \(attempt.qualifiedName) \(attempt.arguments.map { JSONValue.object($0).serialized() } ?? "")"
        case .succeeded(let task, _, let value, _): "\(task): \(value.serialized())"
        case .attemptFailed(let task, _, let failure): "\(task): \(failure)"
        case .asked(let task, let question): "\(task): \(question.text)"
        case .finished(let outcome): "run: \(outcome)"
        default: nil
        }
    }
}

/// What the functions do.
struct Shop: Sendable {
    @Sendable func call(_ function: String, _ arguments: JSONObject) async throws -> JSONValue {
        switch function {
        case "look_up_order": ["number": arguments["number"] ?? .null, "state": "shipped"]
        case "cancel_order":
            throw ToolFailure(.policy, code: "shipped", "an order that was shipped cannot be cancelled")
        default: throw ToolFailure(.permanent, code: "unknown-function", "there is no function \(function)")
        }
    }
}
