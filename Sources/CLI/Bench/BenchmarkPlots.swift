import CommandLineInterface
import SkillWeaver
import Storage
import Subprocesses

/// Draws the figures of a results file with the checkout's matplotlib.
struct BenchmarkPlots {
    private let roots: [String]

    init(_ installation: Installation) { roots = installation.searched }

    /// Draws into a folder, or says why not.
    func draw(
        _ results: String,
        into folder: String
    ) async throws -> (folder: String?, absence: String?) {
        guard let python = first(".deps/bench-python/bin/python") else {
            return (nil, "matplotlib is not installed; run 'Scripts/setup bench' in the checkout")
        }
        guard let script = first("Benchmarks/plots.py") else {
            return (nil, "Benchmarks/plots.py was not found beside the program")
        }
        let arguments = [script, results, "--out", folder]
        do {
            _ = try await Subprocess(executable: python, arguments: arguments)
                .run(limits: SubprocessLimits(deadline: .seconds(120))).checked("plots.py")
        } catch let error as SubprocessError {
            throw CommandError("plots-failed", "\(error)")
        }
        return (folder, nil)
    }

    private func first(_ relative: String) -> String? {
        roots.map { "\($0)/\(relative)" }.first(where: FileSystem.exists)
    }
}
