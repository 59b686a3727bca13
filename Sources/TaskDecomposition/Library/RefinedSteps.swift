package import SkillRetrieval

/// Sub-tasks with their candidates, kept together while the library changes them.
package struct RefinedSteps: Sendable, Hashable {
    package private(set) var decomposition: Decomposition
    /// Best first, for each sub-task.
    package private(set) var candidates: [[Candidate]]

    /// - Parameter candidates: a list for each sub-task.
    package init(decomposition: Decomposition, candidates: [[Candidate]]) {
        self.decomposition = decomposition
        self.candidates = candidates
    }

    package var subtasks: [Subtask] { decomposition.subtasks }

    /// Puts the parts of a list of objects in the place of the whole.
    mutating func split(_ index: Int, _ list: ObjectList, candidates parts: [[Candidate]], in request: String) {
        guard subtasks.count + list.parts.count - 1 <= DecompositionLimits.maximumSteps else { return }
        let whole = subtasks[index]
        let spans = list.spans(within: whole.span, of: request)
        let new = zip(list.parts, spans).map { text, span in
            Subtask(id: whole.id, text: text, span: span ?? whole.span, confidence: whole.confidence)
        }
        decomposition.subtasks.replaceSubrange(index...index, with: new)
        candidates.replaceSubrange(index...index, with: parts)
        renumber()
    }

    /// Makes one step of each sub-task and the one after it.
    mutating func join(_ firsts: [Int]) {
        guard !firsts.isEmpty else { return }
        for first in firsts.sorted(by: >) where first + 1 < subtasks.count {
            let (left, right) = (subtasks[first], subtasks[first + 1])
            decomposition.subtasks[first].text = left.text + " and " + right.text
            if let from = left.span, let to = right.span {
                decomposition.subtasks[first].span = from.lowerBound..<max(from.upperBound, to.upperBound)
            }
            decomposition.subtasks[first].confidence = min(left.confidence, right.confidence)
            decomposition.subtasks.remove(at: first + 1)
            candidates.remove(at: first + 1)
        }
        renumber()
    }

    /// Puts the look-ups of a step before it.
    ///
    /// Nobody asked for them; their span is that of the name they look up.
    mutating func insert(_ lookUps: [(step: Int, chain: [LookUp])], in request: String) {
        for (step, chain) in lookUps.sorted(by: { $0.step > $1.step })
        where subtasks.count + chain.count <= DecompositionLimits.maximumSteps {
            var consumer = subtasks[step]
            let span = consumer.span
            for (place, lookUp) in chain.enumerated().reversed() {
                let need = ImplicitNeed(
                    step: consumer.id,
                    input: lookUp.need.input,
                    result: lookUp.result,
                    reason: lookUp.reason
                )
                consumer = Subtask(
                    id: "look-up-\(step)-\(place)",
                    text: lookUp.text,
                    span: span.map { Self.place(of: lookUp.name, within: $0, of: request) },
                    confidence: consumer.confidence,
                    origin: .implicit(need)
                )
                decomposition.subtasks.insert(consumer, at: step)
                candidates.insert([lookUp.candidate], at: step)
            }
        }
        renumber()
    }

    /// Where the words stand in a span of the request; the whole span where they do not.
    private static func place(of words: String, within span: Range<Int>, of request: String) -> Range<Int> {
        let bytes = Array(request.utf8.prefix(span.upperBound).dropFirst(span.lowerBound))
        guard let found = bytes.firstRange(of: Array(words.utf8)) else { return span }
        return (span.lowerBound + found.lowerBound)..<(span.lowerBound + found.upperBound)
    }

    /// Ids are `s1`, `s2`, … in order, whatever was put between them.
    private mutating func renumber() {
        var names: [String: String] = [:]
        for (index, subtask) in subtasks.enumerated() where names[subtask.id] == nil {
            names[subtask.id] = "s\(index + 1)"
        }
        for index in decomposition.subtasks.indices {
            decomposition.subtasks[index].id = "s\(index + 1)"
            guard case .implicit(var need) = decomposition.subtasks[index].origin else { continue }
            need.step = names[need.step] ?? need.step
            decomposition.subtasks[index].origin = .implicit(need)
        }
    }
}
