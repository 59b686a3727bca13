import Glibc
import Subprocesses

/// Finds out, once, whether a sandbox can be had on this machine.
actor SandboxProbe {
    private let searchPath: String?
    private var outcome: Task<Result<String, ToolFailure>, Never>?
    private var container: Task<[String]?, Never>?

    /// - Parameter searchPath: where bubblewrap is looked for; nil stands for the system's folders.
    init(searchPath: String?) { self.searchPath = searchPath }

    /// The path of a bubblewrap that works.
    ///
    /// - Throws: a failure of kind policy that says what is missing and what to do.
    func bubblewrap() async throws(ToolFailure) -> String {
        if let outcome { return try await outcome.value.get() }
        let searchPath = searchPath
        let task = Task { await Self.find(searchPath) }
        outcome = task
        return try await task.value.get()
    }

    /// The words before a program that put it, unconfined, into a process namespace of its own, so that everything it starts
    /// ends with it; nil where that cannot be had.
    func containerWords() async -> [String]? {
        if let container { return await container.value }
        let searchPath = searchPath
        let task = Task { await Self.findContainer(searchPath) }
        container = task
        return await task.value
    }

    private static func findContainer(_ searchPath: String?) async -> [String]? {
        guard let path = try? ExecutableSearch(searchPath: searchPath).locate("bwrap") else { return nil }
        var words = [path, "--dev-bind", "/", "/", "--proc", "/proc", "--unshare-pid", "--die-with-parent"]
        // Otherwise bubblewrap takes root's rights away, which is not what was asked for.
        if geteuid() == 0 { words += ["--cap-add", "ALL"] }
        words.append("--")
        let program = Subprocess(
            executable: path,
            arguments: Array(words.dropFirst()) + ["/bin/true"],
            environment: .only([:]),
            hasNamespace: true
        )
        let result = try? await program.run(limits: SubprocessLimits(deadline: .seconds(20)))
        return result?.status == .exited(0) ? words : nil
    }

    private static func find(_ searchPath: String?) async -> Result<String, ToolFailure> {
        do {
            let path = try ExecutableSearch(searchPath: searchPath).locate("bwrap")
            let program = Subprocess(
                executable: path,
                arguments: SandboxRoot(workingFolder: "/").arguments() + ["/bin/true"],
                environment: .only([:]),
                hasNamespace: true
            )
            _ = try await program.run(limits: SubprocessLimits(deadline: .seconds(20))).checked("bwrap")
            return .success(path)
        } catch {
            let failure = ToolFailure(
                .policy,
                code: "no-sandbox",
                """
                programs of skills are refused because no sandbox can be had: \(error). Install bubblewrap and allow user \
                namespaces, or run with --sandbox off if you trust every skill
                """
            )
            return .failure(failure)
        }
    }
}

/// What a person is told about sandboxes on this machine.
package enum SandboxReport {
    /// The path of a bubblewrap that works.
    ///
    /// - Parameter searchPath: where it is looked for; nil stands for the system's folders.
    /// - Throws: a failure that says what is missing.
    package static func bubblewrap(searchPath: String?) async throws(ToolFailure) -> String {
        try await SandboxProbe(searchPath: searchPath).bubblewrap()
    }
}
