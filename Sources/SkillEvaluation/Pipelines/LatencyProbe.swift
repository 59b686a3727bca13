import PlanComposition
import SkillRetrieval
import SkillRouting
import TaskDecomposition

/// How long single requests take, one after the other, in a warm process: what a user of the product waits for.
///
/// Figures of quality come from batches, which say nothing about latency; so a sample of the requests is routed once
/// more on its own by the product's router.
struct LatencyProbe: Sendable {
    /// Most requests that are timed.
    static let sampleSize = 100
    private static let warmUps = 3

    private let router: SkillRouter

    init(_ decomposer: DecomposerRecipe, library: BenchmarkLibrary, workbench: EvaluationWorkbench) async throws {
        var options = workbench.options
        options.decomposer = decomposer
        options.candidatesPerStep = BatchRouter.candidatesPerStep
        router = try await SkillRouter(index: library.index, embedder: workbench.embedder, options: options)
    }

    /// Milliseconds by stage of every n-th request, by its id.
    ///
    /// - Parameter done: Requests that need no time any more.
    func latencies(
        of requests: [(id: String, query: String)],
        except done: Set<String>
    ) async throws -> [String: [Stage: Double]] {
        let stride = max(1, requests.count / Self.sampleSize)
        let sample = requests.enumerated().filter { $0.offset % stride == 0 }.prefix(Self.sampleSize).map(\.element)
        let open = sample.filter { !done.contains($0.id) }
        var latencies: [String: [Stage: Double]] = [:]
        for request in open.prefix(Self.warmUps) { _ = try? await router.route(request.query) }
        for request in open {
            try Task.checkCancellation()
            do {
                let timings = try await router.route(request.query).timings
                latencies[request.id] = [
                    .decompose: timings.decompose, .retrieve: timings.retrieve, .compose: timings.compose,
                    .total: timings.total,
                ]
            } catch is DecompositionError {
                continue
            }
        }
        return latencies
    }
}
