package import SkillRetrieval

/// Fits sub-tasks to the library once their first candidates are known: splits and joins lists of objects, and adds the
/// look-ups that tools need.
///
/// What costs something is done only where the text or a schema asks for it: most requests pass through unchanged, and
/// nothing more is embedded for them.
package struct LibraryRefiner: Sendable {
    private let retriever: SkillRetriever
    private let library: any SearchableLibrary
    private let options: RefinementOptions
    private let candidatesPerStep: Int

    /// - Parameter candidatesPerStep: candidates found for each new sub-task, as for those of the request.
    package init(
        retriever: SkillRetriever,
        library: any SearchableLibrary,
        options: RefinementOptions,
        candidatesPerStep: Int
    ) {
        self.retriever = retriever
        self.library = library
        self.options = options
        self.candidatesPerStep = candidatesPerStep
    }

    /// The sub-tasks as the library can do them, each with its candidates.
    ///
    /// - Parameter candidates: best first, for each sub-task of the decomposition.
    package func refine(
        _ decomposition: Decomposition,
        _ candidates: [[Candidate]],
        of request: String
    ) async throws -> RefinedSteps {
        var steps = RefinedSteps(decomposition: decomposition, candidates: candidates)
        // What is said of single sub-tasks would no longer be true of others.
        guard decomposition.isProvisional, decomposition.dependencies == nil, decomposition.picks.isEmpty else {
            return steps
        }
        steps.join(ListJoining.joinable(steps.subtasks, steps.candidates, in: request))
        try await split(&steps, request)
        try await lookUp(&steps, request)
        return steps
    }

    /// "search flights and hotels": one step where one tool does both, two where two fit clearly better.
    private func split(_ steps: inout RefinedSteps, _ request: String) async throws {
        let lists = steps.subtasks.map { ObjectList(of: $0.text) }
        let parts = lists.flatMap { $0?.parts ?? [] }
        guard !parts.isEmpty else { return }
        var found = try await retriever.candidates(for: parts, top: candidatesPerStep)[...]
        let decision = ListSplitting(options: options)
        for index in lists.indices.reversed() {
            guard let list = lists[index] else { continue }
            let candidates = Array(found.suffix(list.parts.count))
            found = found.dropLast(list.parts.count)
            if decision.splits(candidates, whole: steps.candidates[index]) {
                steps.split(index, list, candidates: candidates, in: request)
            }
        }
    }

    /// Puts before a step the look-up of an identifier that its tool requires and nothing provides.
    private func lookUp(_ steps: inout RefinedSteps, _ request: String) async throws {
        // Without a name there is nothing to look up by, and most schemas need not be read.
        guard steps.subtasks.contains(where: { !NamedThings(in: $0.text).names.isEmpty }) else { return }
        let finder = LookUpFinder(options: options, request: request)
        let skills = try await library.skills(steps.candidates.compactMap(\.first?.skill))
        let needs = finder.needs(of: steps, skills)
        guard !needs.isEmpty else { return }
        var found = try await retriever.candidates(for: needs.flatMap(\.queries), top: candidatesPerStep)[...]
        let known = try await library.skills(found.joined().map(\.skill)).merging(skills) { first, _ in first }
        var lookUps: [(step: Int, chain: [LookUp])] = []
        for need in needs {
            let chain = finder.lookUps(for: need, among: Array(found.prefix(need.queries.count).joined()), known)
            found = found.dropFirst(need.queries.count)
            if !chain.isEmpty { lookUps.append((need.step, chain)) }
        }
        steps.insert(lookUps, in: request)
    }
}
