package import PlanExecution

extension ToolInvokerProvider {
    /// The standard invokers with what a home knows: private Python environments of skills, and trust in projects' skills.
    ///
    /// - Parameter home: the program's own folder.
    package static func standard(
        home: String,
        grants: ToolGrants = ToolGrants(),
        sandbox: SandboxMode = .required,
        additional: [any ToolInvoker] = []
    ) -> ToolInvokerProvider {
        let environments = SkillEnvironments(home: home)
        return .standard(
            grants: grants,
            sandbox: sandbox,
            python: PythonSettings { environments.interpreter(for: $0) ?? "python3" },
            additional: [TrustGate(store: TrustStore(home: home))] + additional
        )
    }
}
