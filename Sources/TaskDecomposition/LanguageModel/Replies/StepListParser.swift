package import LanguageModels

/// The steps a model's reply lists.
package struct ParsedSteps: Sendable, Hashable {
    /// How the steps were found.
    package enum Form: String, Sendable, Hashable {
        case jsonArray = "json-array"
        case lines
        /// Nothing in the reply is a list of steps.
        case wholeRequest = "whole-request"
    }

    /// At least one, at most `DecompositionLimits.maximumSteps`.
    package var steps: [String]
    package var form: Form
    /// What a person should know: a reply that was unusable, cut or too long.
    package var diagnostics: [String]
    /// Why the steps should not be relied on; nil where they may be.
    package var defect: String?
}

/// Reads a list of steps from a model's reply.
///
/// A JSON array, also inside a block of code or prose, of strings or of objects with a telling member; else a list of
/// lines; else the whole request as one step. The order of attempts is that of the code beside arXiv 2606.18051; it
/// takes every line of prose for a step, ours does not.
package enum StepListParser {
    package static func parse(_ reply: ChatReply, request: String) -> ParsedSteps {
        let answer = ReplyText.answer(in: reply.text)
        guard answer.contains(where: { !$0.isWhitespace }) else {
            let cause = reply.finishReason == .length ? ": it ran out of tokens before an answer" : ""
            return whole(request, "the model's reply is empty\(cause)")
        }
        if let array = ReplyArray.first(in: answer, reading: StepText.text) {
            var found = ParsedSteps(steps: array.values, form: .jsonArray, diagnostics: [])
            if !array.isClosed {
                found.defect = "the model's reply breaks off inside its list, after step \(array.values.count)"
                found.diagnostics = found.defect.map { [$0] } ?? []
            }
            return finish(found, request)
        }
        if Refusal.isRefusal(answer) { return refused(answer, request) }
        if reply.finishReason == .contentFilter { return whole(request, "the model's reply was withheld") }
        let items = ReplyLines.items(in: answer).compactMap(StepText.cleaned)
        guard !items.isEmpty else {
            return whole(request, "the model's reply has no list of steps (\"\(quoted(answer))\")")
        }
        return finish(ParsedSteps(steps: items, form: .lines, diagnostics: []), request)
    }

    private static func finish(_ found: ParsedSteps, _ request: String) -> ParsedSteps {
        if found.steps.count == 1, Refusal.isRefusal(found.steps[0]) { return refused(found.steps[0], request) }
        let limit = DecompositionLimits.maximumSteps
        guard found.steps.count > limit else { return found }
        var limited = found
        limited.steps = Array(found.steps.prefix(limit))
        limited.defect = "the model listed \(found.steps.count) steps, more than the \(limit) a request may have"
        limited.diagnostics.append("the model listed \(found.steps.count) steps; the first \(limit) are kept")
        return limited
    }

    private static func refused(_ answer: some StringProtocol, _ request: String) -> ParsedSteps {
        whole(request, "the model declined (\"\(quoted(answer))\")")
    }

    private static func whole(_ request: String, _ reason: String) -> ParsedSteps {
        ParsedSteps(
            steps: [request.trimmingSpaces],
            form: .wholeRequest,
            diagnostics: ["\(reason); the whole request is taken as one step"],
            defect: reason
        )
    }

    private static func quoted(_ answer: some StringProtocol) -> String {
        PromptText.singleLine(String(answer), limit: 80)
    }
}
