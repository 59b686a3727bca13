import SkillCatalog
import Subprocesses

/// Says how the programs of skills are started: in a sandbox with what is granted, or refused.
struct ToolLauncher: Sendable {
    var mode: SandboxMode
    var grants: ToolGrants
    var limits: SandboxLimits
    var workspace: RunWorkspace
    /// The host's variables, of which a program sees the granted ones only.
    var environment: [String: String]
    var probe: SandboxProbe

    /// A program of a skill, ready to be started.
    ///
    /// - Parameters:
    ///   - readable: what it needs beside the skill's folder, for example the interpreter's own.
    ///   - memory: most bytes of memory of each of its processes.
    ///   - more: variables for this program alone.
    ///   - passed: become its descriptors from `firstPassedDescriptor` on.
    func subprocess(
        _ program: [String],
        for skill: Skill,
        readable: [String] = [],
        memory: Int,
        variables more: [String: String] = [:],
        passed: [PassedDescriptor] = []
    ) async throws(ToolFailure) -> Subprocess {
        let resources = ResourceLimits(
            memoryBytes: memory,
            fileBytes: limits.fileBytes,
            openFiles: limits.openFiles
        )
        guard mode == .required else {
            let container = await probe.containerWords()
            let words = (container ?? []) + program
            return Subprocess(
                executable: words[0],
                arguments: Array(words.dropFirst()),
                environment: .only(variables(for: skill, home: environment["HOME"] ?? "/tmp").merging(more) { $1 }),
                workingDirectory: workspace.folder,
                resources: resources,
                hasNamespace: container != nil,
                passed: passed
            )
        }
        let bubblewrap = try await probe.bubblewrap()
        var root = try root(for: skill, readable: readable)
        let own = try SandboxFile.all(hasHostNetwork: root.hasHostNetwork)
        root.ownFiles = own.enumerated().map { ($1.path, firstPassedDescriptor + passed.count + $0) }
        return Subprocess(
            executable: bubblewrap,
            arguments: root.arguments() + program,
            environment: .only(variables(for: skill, home: "/tmp").merging(more) { $1 }),
            resources: resources,
            hasNamespace: true,
            passed: passed + own.map(\.content)
        )
    }

    /// The number of the first descriptor that is passed to a program.
    var firstPassedDescriptor: Int { 3 }

    /// Absolute paths a skill's program can see beside the system's, for messages.
    func visiblePaths(of skill: Skill) -> [String] { grants[skill.id].readablePaths + grants[skill.id].writablePaths }

    private func root(for skill: Skill, readable: [String]) throws(ToolFailure) -> SandboxRoot {
        let grant = grants[skill.id]
        guard let folder = RealPath.of(workspace.folder) else {
            throw ToolFailure(.permanent, code: "no-workspace", "the workspace \(workspace.folder) does not exist")
        }
        if let place = WorkspacePlace.fault(of: folder, home: environment["HOME"]) {
            throw ToolFailure(.policy, code: "workspace-too-wide", place)
        }
        var root = SandboxRoot(workingFolder: folder)
        root.temporaryBytes = limits.temporaryBytes
        root.hasHostNetwork = grant.network.contains(.any)
        for path in readable + grant.readablePaths { if let path = RealPath.of(path) { root.allowReading(path) } }
        for path in grant.writablePaths { if let path = RealPath.of(path) { root.allowWriting(path) } }
        root.allowWriting(folder)
        if let own = skill.origin.folder.flatMap(RealPath.of) { root.protect(own) }
        return root
    }

    private func variables(for skill: Skill, home: String) -> [String: String] {
        var variables = ["LANG": "C.UTF-8", "TMPDIR": "/tmp", "USER": "user", "LOGNAME": "user", "HOME": home]
        let path = "/usr/local/bin:/usr/bin:/bin"
        variables["PATH"] = mode == .required ? path : environment["PATH"] ?? path
        for name in ["TZ"] + grants[skill.id].environment {
            if let value = environment[name] { variables[name] = value }
        }
        return variables
    }
}
