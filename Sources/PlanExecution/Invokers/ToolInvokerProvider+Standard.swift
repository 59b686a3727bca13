import FoundationEssentials
public import SkillCatalog

extension ToolInvokerProvider {
    /// Invokers for everything that can be called without a server: Python functions, executables, and what is given.
    ///
    /// Arguments and results are checked by their schemas, and large results written to files (`CheckedInvoker`).
    /// - Parameters:
    ///   - environment: the host's variables, of which a tool sees those its grant names; nil for this process's own.
    ///   - additional: asked first, for example a `ClosureInvoker`.
    ///   - lookUp: skills of an id, best first, for skills whose steps call others; nil where there are none to be found.
    public static func standard(
        grants: ToolGrants = ToolGrants(),
        sandbox: SandboxMode = .required,
        limits: SandboxLimits = SandboxLimits(),
        python: PythonSettings = PythonSettings(),
        environment: [String: String]? = nil,
        additional: [any ToolInvoker] = [],
        lookUp: (@Sendable (_ id: String, _ asking: Skill) async -> [Skill])? = nil
    ) -> ToolInvokerProvider {
        let environment = environment ?? ProcessInfo.processInfo.environment
        let probe = SandboxProbe(searchPath: environment["PATH"])
        let interpreters = PythonInterpreters(environment: environment)
        let names = Set(grants.skills.values.flatMap(\.environment))
        return ToolInvokerProvider { workspace in
            let launcher = ToolLauncher(
                mode: sandbox,
                grants: grants,
                limits: limits,
                workspace: workspace,
                environment: environment,
                probe: probe
            )
            let invokers: [any ToolInvoker] = [
                ScriptInvoker(launcher: launcher, interpreters: interpreters),
                PythonInvoker(settings: python, launcher: launcher, interpreters: interpreters),
            ]
            let plans = PlanInvoker(
                lookUp: lookUp ?? { _, _ in [] },
                others: additional + invokers,
                workspace: workspace,
                redactor: SecretRedactor(names.compactMap { environment[$0] }),
                journal: PlanJournal(file: "\(workspace.results)/calls.sqlite")
            )
            return CheckedInvoker(InvokerSet(additional + invokers + [plans]), workspace: workspace)
        }
    }
}
