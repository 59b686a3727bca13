package import PlanExecution

extension ToolInvokerProvider {
    /// The standard invokers with what a home knows: private Python environments of skills, and trust in projects' skills.
    ///
    /// - Parameters:
    ///   - home: the program's own folder.
    ///   - folders: more folders of skills that the steps of a skill may mean, such as those that come with the program.
    package static func standard(
        home: String,
        grants: ToolGrants = ToolGrants(),
        sandbox: SandboxMode = .required,
        additional: [any ToolInvoker] = [],
        folders: [String] = []
    ) -> ToolInvokerProvider {
        let environments = SkillEnvironments(home: home)
        let skills = HomeSkills(home: home, folders: folders)
        return .standard(
            grants: grants,
            sandbox: sandbox,
            python: PythonSettings { environments.interpreter(for: $0) ?? "python3" },
            additional: [TrustGate(store: TrustStore(home: home))] + additional,
            lookUp: { await skills.named($0, asking: $1) }
        )
    }
}
