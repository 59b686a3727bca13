/// Whether tools that are programs run confined.
public enum SandboxMode: String, Sendable, Hashable, CaseIterable {
    /// Programs run in a sandbox; where none can be had they are refused.
    case required
    /// Programs run with the rights of this process. Their environment is still a small one, with granted variables only.
    case off
}
