/// Makes the invokers of a run or session, so that nothing one run's tools keep is seen by another's.
public struct ToolInvokerProvider: Sendable {
    private let make: @Sendable (RunWorkspace) async throws -> any ToolInvoker

    /// - Parameter make: an invoker for one run; closed when the run ends.
    public init(_ make: @escaping @Sendable (RunWorkspace) async throws -> any ToolInvoker) {
        self.make = make
    }

    /// An invoker for a run that works in that folder.
    public func invoker(for workspace: RunWorkspace) async throws -> any ToolInvoker {
        try await make(workspace)
    }
}
