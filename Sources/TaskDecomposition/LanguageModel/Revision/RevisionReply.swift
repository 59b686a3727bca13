import JSONSchema
import LanguageModels
import SkillRetrieval

/// A usable plan out of a model's answer.
struct RevisionReply: Sendable {
    var steps: [ProposedStep]
    /// What was wrong about it and could be put right without asking again.
    var remarks: [String]

    /// Reads and checks an answer.
    ///
    /// - Parameters:
    ///   - skills: names of the skills that the model was shown.
    ///   - acceptsCount: whether the number of steps is taken as it is, because the model insists on it.
    static func read(
        _ reply: ChatReply,
        request: String,
        draft: [Subtask],
        skills: SkillNameTable,
        acceptsCount: Bool = false
    ) throws(RevisionFault) -> RevisionReply {
        let answer = ReplyText.answer(in: reply.text)
        if reply.finishReason == .contentFilter { throw .declined("withheld by the provider") }
        guard answer.contains(where: { !$0.isWhitespace }) else { throw .empty }
        guard let list = StepList(answer) else {
            let words = PromptText.singleLine(String(answer), limit: 80)
            throw Refusal.isRefusal(answer) ? .declined(words) : .noList(words)
        }
        guard list.isClosed, reply.finishReason != .length || list.isWhole else {
            throw .breaksOff(after: list.elements.count)
        }
        let limit = DecompositionLimits.maximumSteps
        guard list.elements.count <= limit else { throw .tooManySteps(list.elements.count, limit: limit) }
        var builder = RevisedSteps(list.elements, skills: skills)
        guard !builder.isEmpty else { throw .noSteps }
        if let text = builder.onlyText, Refusal.isRefusal(text) {
            throw .declined(PromptText.singleLine(text, limit: 80))
        }
        builder.dropRepetitions()
        if !acceptsCount, StepCountCheck.isUnlikely(builder.count, draft: draft.count) {
            throw .unlikelyCount(builder.count, draft: draft.count)
        }
        guard StepLanguage.fault(in: builder.texts, request: request) == nil else { throw .otherLanguage }
        let sources = StepSources(request: request, draft: draft)
        let unrelated = builder.items.indices.filter { !sources.isRelated(builder.items[$0]) }
        guard unrelated.count * 2 < builder.count else { throw .unrelated(unrelated.map { $0 + 1 }) }
        return RevisionReply(steps: sources.locate(builder.items), remarks: builder.remarks)
    }
}

/// The elements of the list in an answer: of an object's member `steps`, or the first list there is.
private struct StepList {
    var elements: [JSONValue]
    var isClosed: Bool
    /// The answer is one JSON value, so nothing of it is missing.
    var isWhole: Bool

    init?(_ answer: Substring) {
        let lines = ReplyText.lines(answer).joined(separator: "\n")
        if let value = try? JSONParser.parse(lines), let list = Self.list(in: value) {
            (elements, isClosed, isWhole) = (list, true, true)
        } else if let found = ReplyArray.first(in: answer, reading: Self.element) {
            (elements, isClosed, isWhole) = (found.values, found.isClosed, false)
        } else {
            return nil
        }
    }

    /// The steps of a whole JSON value; lists within lists are opened while they hold nothing else.
    private static func list(in value: JSONValue, depth: Int = 0) -> [JSONValue]? {
        if let array = value.arrayValue {
            if depth < 4, array.count == 1, array[0].arrayValue != nil { return list(in: array[0], depth: depth + 1) }
            return array
        }
        guard depth < 4, let object = value.objectValue else { return nil }
        for name in ["steps", "subtasks", "sub_tasks", "plan", "tasks"] {
            if let member = object[name], let list = list(in: member, depth: depth + 1) { return list }
        }
        return object.lazy.compactMap(\.value.arrayValue).first
    }

    /// What may be a step: numbers and empty lists are not.
    private static func element(_ value: JSONValue) -> JSONValue? { StepText.text(of: value) == nil ? nil : value }
}
