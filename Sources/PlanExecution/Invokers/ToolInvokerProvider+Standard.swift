import FoundationEssentials

extension ToolInvokerProvider {
    /// Invokers for everything that can be called without a server: Python functions, executables, and what is given.
    ///
    /// Arguments and results are checked by their schemas, and large results written to files (`CheckedInvoker`).
    /// - Parameters:
    ///   - environment: the host's variables, of which a tool sees those its grant names; nil for this process's own.
    ///   - additional: asked first, for example a `ClosureInvoker`.
    public static func standard(
        grants: ToolGrants = ToolGrants(),
        sandbox: SandboxMode = .required,
        limits: SandboxLimits = SandboxLimits(),
        python: PythonSettings = PythonSettings(),
        environment: [String: String]? = nil,
        additional: [any ToolInvoker] = []
    ) -> ToolInvokerProvider {
        let environment = environment ?? ProcessInfo.processInfo.environment
        let probe = SandboxProbe(searchPath: environment["PATH"])
        let interpreters = PythonInterpreters(environment: environment)
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
            return CheckedInvoker(InvokerSet(additional + invokers), workspace: workspace)
        }
    }
}
