import JSONSchema
import SkillCatalog
import Subprocesses

/// One Python process that calls the functions of one skill, one call at a time.
struct PythonWorker: Sendable {
    let number: Int
    private let conversation: Conversation
    /// Its way to the network, where it has one.
    private let broker: EgressBroker?

    /// The program every worker runs: it calls functions, and asks outside for the network.
    static let program =
        [PackageResources.python_worker_py, PackageResources.python_egress_py].map {
            String(decoding: $0, as: UTF8.self)
        }
        .joined(separator: "\n") + "\nmain()\n"

    /// Starts a process and waits until it listens.
    init(
        number: Int,
        _ program: Subprocess,
        broker: EgressBroker?,
        maximumLineBytes: Int,
        patience: Duration
    ) async throws(ToolFailure) {
        let limits = ConversationLimits(
            maximumLineBytes: maximumLineBytes + 4096,
            maximumWaitingBytes: 1 << 16,
            terminationGrace: .zero
        )
        do throws(SubprocessError) {
            conversation = try await program.converse(limits: limits)
        } catch {
            throw ToolFailure(.permanent, code: "worker-failed", "the Python worker cannot be started: \(error)")
        }
        self.number = number
        self.broker = broker
        do throws(ConversationError) {
            _ = try await conversation.receive(within: patience)
        } catch {
            await conversation.stop()
            throw Self.startFailure(error, patience)
        }
    }

    /// What a call brought: its outcome, what was said beside, and whether the worker can go on.
    struct Answer: Sendable {
        var outcome: Result<JSONValue, ToolFailure>
        var said: [UInt8]
        /// The process ended by itself during the call.
        var hasCrashed = false
        var canGoOn = true
    }

    /// Calls a function and waits for its answer; a process that does not give one is gone when this returns.
    func call(_ call: ToolCall) async -> Answer {
        let request: JSONValue = [
            "id": .string(call.idempotencyKey), "tool": .string(call.tool.name), "arguments": .object(call.arguments),
            "key": .string(call.idempotencyKey), "limit": JSONValue(call.limits.maximumResultBytes),
        ]
        _ = conversation.takeRemarks()
        do throws(ConversationError) {
            try conversation.send(Array(request.serialized().utf8))
            let line = try await conversation.receive(within: call.limits.deadline)
            let said = conversation.takeRemarks()
            switch PythonReply.read(line, id: call.idempotencyKey) {
            case .success(let reply):
                return Answer(outcome: reply.outcome, said: said, canGoOn: reply.leavesWorkerUsable)
            case .failure(let failure):
                await conversation.stop()
                return Answer(outcome: .failure(failure), said: said, hasCrashed: true, canGoOn: false)
            }
        } catch {
            await conversation.stop()
            var hasCrashed = false
            if case .ended = error { hasCrashed = true }
            return Answer(
                outcome: .failure(Self.failure(error, call)),
                said: conversation.takeRemarks(),
                hasCrashed: hasCrashed,
                canGoOn: false
            )
        }
    }

    /// Ends the process; returns when nothing of it is left.
    func stop() async {
        broker?.stop()
        await conversation.stop()
    }

    private static func startFailure(_ error: ConversationError, _ patience: Duration) -> ToolFailure {
        switch error {
        case .cancelled, .stopped: ToolFailure(.cancelled, code: "cancelled", "the call was cancelled")
        case .timedOut:
            ToolFailure(.transient, code: "timeout", "the Python worker did not start within \(patience)")
        case .ended, .lineTooLong, .deaf:
            ToolFailure(.permanent, code: "worker-failed", "the Python worker cannot be started: \(error)")
        }
    }

    private static func failure(_ error: ConversationError, _ call: ToolCall) -> ToolFailure {
        let name = call.qualifiedName
        return switch error {
        case .timedOut(_, let duration):
            ToolFailure(
                .transient,
                code: "timeout",
                "\(name) was stopped because it took longer than \(duration)",
                effect: .unknown
            )
        case .cancelled, .stopped:
            ToolFailure(
                .cancelled,
                code: "cancelled",
                "\(name) was stopped because the call was cancelled",
                effect: .unknown
            )
        case .deaf:
            ToolFailure(.permanent, code: "worker-failed", "\(name): \(error)", effect: .unknown)
        case .lineTooLong:
            ToolFailure(
                .permanent,
                code: "result-too-large",
                "\(name) returned more than \(call.limits.maximumResultBytes) bytes",
                effect: .unknown
            )
        case .ended(_, .exited(let status), _):
            ToolFailure(
                .permanent,
                code: "tool-exited",
                "\(name) ended its process with status \(status) instead of returning",
                effect: .unknown
            )
        case .ended(_, .signalled(let signal), _):
            ToolFailure(
                .transient,
                code: "tool-crashed",
                "\(name) was ended by signal \(signal)\(signal == 9 ? ", perhaps for want of memory" : "")",
                effect: .unknown
            )
        }
    }
}
