/// Makes one attempt, and ends it when its time is over.
struct AttemptCall: Sendable {
    /// What a tool gets to end by itself, with the better message, before it is stopped from here.
    private static let grace = Duration.milliseconds(250)

    let call: ToolCall
    let invoker: any ToolInvoker

    func perform() async -> Result<ToolResult, ToolFailure> {
        await withTaskGroup(of: Result<ToolResult, ToolFailure>?.self) { group in
            group.addTask {
                do throws(ToolFailure) {
                    return .success(try await invoker.invoke(call))
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                try? await Task.sleep(for: call.limits.deadline + Self.grace)
                return nil
            }
            var isOverdue = false
            while let ended = await group.next() {
                group.cancelAll()
                guard let ended else {
                    isOverdue = !Task.isCancelled
                    continue
                }
                guard isOverdue, case .failure(let failure) = ended else { return ended }
                return .failure(.timeout(call, effect: failure.effect))
            }
            return .failure(.timeout(call, effect: .unknown))
        }
    }
}

extension ToolFailure {
    static func timeout(_ call: ToolCall, effect: Effect) -> ToolFailure {
        ToolFailure(
            .transient,
            code: "timeout",
            "\(call.qualifiedName) was stopped after \(call.limits.deadline.wholeMilliseconds) ms without a result",
            effect: effect
        )
    }
}
