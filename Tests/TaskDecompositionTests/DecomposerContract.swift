import LanguageModels
import SkillRetrieval
import TaskDecomposition
import Testing

/// What every decomposer promises, whatever it makes of a request.
enum DecomposerContract {
    /// Decomposes a request twice and checks the promise; gives back the first answer.
    @discardableResult
    static func check(
        _ decomposer: some Decomposer,
        _ request: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Decomposition {
        let answer = try await decomposer.decompose(request)
        let steps = answer.subtasks
        let name = Comment(rawValue: "\(decomposer.name): \(request.prefix(200).debugDescription)")
        #expect(!steps.isEmpty, name, sourceLocation: sourceLocation)
        #expect(steps.count <= DecompositionLimits.maximumSteps, name, sourceLocation: sourceLocation)
        #expect(steps.map(\.id) == (0..<steps.count).map { "s\($0 + 1)" }, name, sourceLocation: sourceLocation)
        #expect(steps.allSatisfy { !$0.text.isEmpty }, name, sourceLocation: sourceLocation)
        #expect(steps.allSatisfy { 0...1 ~= $0.confidence }, name, sourceLocation: sourceLocation)
        #expect(hasOrderedSpans(steps, in: request), name, sourceLocation: sourceLocation)
        #expect(answer.tokens == .none, name, sourceLocation: sourceLocation)
        let again = try await decomposer.decompose(request)
        #expect(again == answer, name, sourceLocation: sourceLocation)
        return answer
    }

    /// The spans are not empty, lie on scalar boundaries of the request, ascend and are disjoint.
    static func hasOrderedSpans(_ steps: [Subtask], in request: String) -> Bool {
        let bytes = Array(request.utf8)
        var end = 0
        for span in steps.compactMap(\.span) {
            guard span.lowerBound >= end, span.upperBound <= bytes.count, !span.isEmpty else { return false }
            guard isBoundary(span.lowerBound, in: bytes), isBoundary(span.upperBound, in: bytes) else { return false }
            end = span.upperBound
        }
        return true
    }

    /// No continuation byte stands at the offset.
    static func isBoundary(_ offset: Int, in bytes: [UInt8]) -> Bool {
        offset == bytes.count || bytes[offset] & 0xC0 != 0x80
    }
}
