import SkillRetrieval

/// Takes the whole request for one step: what a router without decomposition does.
public struct WholeRequestDecomposer: Decomposer {
    public let name = "whole"

    public init() {}

    /// One step with the request's own words, without the white space around them.
    ///
    /// - Throws: `DecompositionError` when the request is empty or over the limit.
    public func decompose(_ request: String) async throws -> Decomposition {
        try DecompositionError.check(request)
        return Decomposition(subtasks: [.whole(request, confidence: 1)])
    }
}

extension Subtask {
    /// The only step of a request that has content: all of it, without the white space at its ends.
    static func whole(_ request: String, confidence: Double) -> Subtask {
        let bytes = Array(request.utf8)
        let start = bytes.firstIndex { $0 > 0x20 } ?? 0
        let end = bytes.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? bytes.count
        return Subtask(
            id: "s1",
            text: String(decoding: bytes[start..<end], as: UTF8.self),
            span: start..<end,
            confidence: confidence
        )
    }
}
