/// A program to run once: what to start, with which words, where and in which environment.
///
/// The child leads a process group of its own, inherits no descriptor but its three standard streams and those passed to
/// it, and takes its whole group with it when it ends: nothing it started in that group outlives the call. It is killed
/// when this process ends, however that happens.
package struct Subprocess: Sendable, Hashable {
    /// A name to look up in `PATH`, or a path when it holds a slash; relative paths count from this process's folder.
    package var executable: String
    /// The words after the program's own name.
    package var arguments: [String]
    package var environment: ChildEnvironment
    /// Folder the child starts in; nil for this process's own.
    package var workingDirectory: String?
    package var resources: ResourceLimits
    /// The child is the first of a process namespace of its own, as bubblewrap should be: from its first instruction on,
    /// everything it starts ends with it, and nothing is left when it is said to have ended.
    package var hasNamespace: Bool
    /// Become the child's descriptors after its standard streams, from 3 on.
    package var passed: [PassedDescriptor]

    package init(
        executable: String,
        arguments: [String] = [],
        environment: ChildEnvironment = .inherited,
        workingDirectory: String? = nil,
        resources: ResourceLimits = ResourceLimits(),
        hasNamespace: Bool = false,
        passed: [PassedDescriptor] = []
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.resources = resources
        self.hasNamespace = hasNamespace
        self.passed = passed
    }

    /// What is started: the program found, the variables read.
    func launch() throws(SubprocessError) -> LaunchPlan {
        let environment = environment.variables
        return LaunchPlan(
            path: try ExecutableSearch(searchPath: environment["PATH"]).locate(executable),
            arguments: [executable] + arguments,
            environment: environment,
            workingDirectory: workingDirectory,
            resources: resources,
            hasNamespace: hasNamespace,
            passed: passed
        )
    }

    /// Runs the program to its end and returns what it wrote.
    ///
    /// The waiting happens on a thread of its own, so the cooperative pool stays free. A status other than 0 is a
    /// result, not an error; `SubprocessResult.checked()` makes it one.
    /// - Throws: `SubprocessError`, or `CancellationError` when the task was cancelled; in both cases the child and its
    ///   group are gone by then.
    package func run(
        input: [UInt8] = [],
        limits: SubprocessLimits = SubprocessLimits()
    ) async throws -> SubprocessResult {
        try Task.checkCancellation()
        let launch = try launch()
        let wake = try WakeChannel()
        defer { wake.close() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let started = startThread {
                    continuation.resume(with: Result { try ChildSession.run(launch, input: input, limits, wake) })
                }
                if started != 0 {
                    continuation.resume(throwing: SubprocessError.spawnFailed(executable: launch.path, errno: started))
                }
            }
        } onCancel: {
            wake.signal()
        }
    }
}

/// Which variables a child sees.
package enum ChildEnvironment: Sendable, Hashable {
    /// Those of this process.
    case inherited
    /// Those of this process, with these added or replaced.
    case inheritedAdding([String: String])
    /// Exactly these.
    case only([String: String])
}
