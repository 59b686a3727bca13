import HTTPTransport
package import SkillHarness
import Synchronization

/// What the endpoints work with.
package struct ServiceResources: Sendable {
    package var libraries: ServedLibraries
    package var runs: HostedRuns
    package var access: ServiceAccess
    package var tokens: AccessTokenStore
    /// Folder of benchmark results; nil where none are installed.
    package var benchmarks: String?
    /// How requests are split, in a word.
    package var decomposer: String
    /// Absolute path of the folder that tools of runs read and write; nil for one of each run's own.
    package var workspace: String?
    let started = ContinuousClock.now

    package init(
        libraries: ServedLibraries,
        runs: HostedRuns,
        access: ServiceAccess,
        tokens: AccessTokenStore,
        benchmarks: String? = nil,
        decomposer: String = "local",
        workspace: String? = nil
    ) {
        self.libraries = libraries
        self.runs = runs
        self.access = access
        self.tokens = tokens
        self.benchmarks = benchmarks
        self.decomposer = decomposer
        self.workspace = workspace
    }
}
