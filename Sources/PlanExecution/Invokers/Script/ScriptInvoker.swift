import JSONSchema
import SkillCatalog
import Subprocesses

/// Calls the executables in skills' `scripts/` folders: a process for each call.
///
/// The arguments come as a JSON object on standard input, the idempotency key in `SKILLWEAVER_IDEMPOTENCY_KEY`. The result
/// is what the script writes on standard output: JSON, or, where the tool declares no output schema, a text, which becomes
/// `{"text": …}`. A status other than 0 is a failure; see `ScriptStatus`.
struct ScriptInvoker: ToolInvoker {
    let launcher: ToolLauncher
    let interpreters: PythonInterpreters

    func canInvoke(_ tool: Tool, of skill: Skill) -> Bool { ScriptFile(tool, of: skill) != nil }

    func invoke(_ call: ToolCall) async throws(ToolFailure) -> ToolResult {
        let cleaning = MessageCleaning(call, launcher)
        guard let script = ScriptFile(call.tool, of: call.skill) else {
            throw ToolFailure(.permanent, code: "script-missing", "\(call.qualifiedName) has no script any more")
        }
        var words = script.interpreter + [script.path]
        var readable: [String] = []
        if script.path.hasSuffix(".py"), let python = try? await interpreters.locate("python3") {
            readable = python.folders
            if !script.interpreter.isEmpty { words[0] = python.path }
        }
        if launcher.mode == .required {
            words = ["/usr/bin/prlimit", "--nproc=\(launcher.limits.processes)", "--"] + words
        }
        let program = try await launcher.subprocess(
            words,
            for: call.skill,
            readable: readable,
            memory: call.limits.maximumMemory,
            variables: ["SKILLWEAVER_IDEMPOTENCY_KEY": call.idempotencyKey]
        )
        let result = try await run(program, call, cleaning)
        let remarks = cleaning.remarks(Array(result.standardError.suffix(16 << 10)))
        if let failure = ScriptStatus.failure(result.status, call, remarks) { throw cleaning.cleaned(failure, remarks) }
        return ToolResult(value: try value(of: result.standardOutput, call, remarks), remarks: remarks)
    }

    private func run(
        _ program: Subprocess,
        _ call: ToolCall,
        _ cleaning: MessageCleaning
    ) async throws(ToolFailure) -> SubprocessResult {
        let limits = SubprocessLimits(
            deadline: call.limits.deadline,
            maximumOutputBytes: call.limits.maximumResultBytes,
            maximumErrorBytes: 64 << 10,
            terminationGrace: launcher.mode == .required ? .zero : .milliseconds(500)
        )
        let name = call.qualifiedName
        do {
            return try await program.run(
                input: Array(JSONValue.object(call.arguments).serialized().utf8),
                limits: limits
            )
        } catch SubprocessError.timedOut(_, let duration, let said) {
            let message = "\(name) was stopped because it took longer than \(duration)"
            let remarks = cleaning.remarks(Array(said.utf8))
            throw ToolFailure(.transient, code: "timeout", message, effect: .unknown, remarks: remarks)
        } catch SubprocessError.outputTooLarge(_, let limit) {
            let message = "\(name) wrote more than \(limit) bytes; it should write a file and return its path"
            throw ToolFailure(.permanent, code: "result-too-large", message, effect: .unknown)
        } catch is CancellationError {
            let message = "\(name) was stopped because the call was cancelled"
            throw ToolFailure(.cancelled, code: "cancelled", message, effect: .unknown)
        } catch {
            throw cleaning.cleaned(
                ToolFailure(.permanent, code: "script-unusable", "\(name) cannot be started: \(error)"),
                []
            )
        }
    }

    private func value(
        of output: [UInt8],
        _ call: ToolCall,
        _ remarks: [String]
    ) throws(ToolFailure) -> JSONValue {
        func fault(_ code: String, _ reason: String) -> ToolFailure {
            ToolFailure(
                .permanent,
                code: code,
                "\(call.qualifiedName) \(reason)",
                effect: .unknown,
                remarks: remarks
            )
        }
        guard let text = String(validating: output, as: UTF8.self) else {
            throw fault(
                "result-not-utf8",
                "wrote something that is not UTF-8; it should write a file and return its path"
            )
        }
        do throws(JSONSyntaxError) {
            return try JSONParser.parse(utf8: output)
        } catch {
            guard call.tool.outputSchema == nil else {
                let isEmpty = text.allSatisfy(\.isWhitespace)
                throw fault(
                    isEmpty ? "result-empty" : "result-not-json",
                    isEmpty ? "wrote nothing, though it declares a result" : "did not write JSON: \(error)"
                )
            }
            return ["text": .string(text)]
        }
    }
}
