import JSONSchema
import LanguageModels

/// The orders that a model's answer gives, checked against what it was asked.
package struct ListwiseReply: Sendable, Hashable {
    /// For each step the positions of all its candidates: those that were ranked, best first, then the others as found.
    package var orders: [[Int]]
    /// Why some candidates, or all, stay in the order they were found; nil where everything was ranked.
    package var remark: String?

    /// Reads an answer.
    ///
    /// Numbers that no candidate has, repetitions and anything that is no number or name are passed over. Where nothing is
    /// left, everything stays as it was found.
    package static func read(_ text: String, questions: [ListwiseQuestion]) -> ListwiseReply {
        let given = questions.map { Array($0.candidates.indices) }
        guard let rows = rows(in: text, count: questions.count) else {
            let shown = PromptText.singleLine(text, limit: 60)
            return ListwiseReply(
                orders: given,
                remark: shown.isEmpty ? "its answer is empty" : "its answer has no ranking (\"\(shown)\")"
            )
        }
        var unknown = 0
        var unranked = 0
        let orders = questions.indices.map { index -> [Int] in
            var ranked: [Int] = []
            for element in rows[index] ?? [] {
                guard let place = place(element, in: questions[index]) else {
                    unknown += 1
                    continue
                }
                if !ranked.contains(place) { ranked.append(place) }
            }
            if ranked.isEmpty { unranked += 1 }
            return ranked + given[index].filter { !ranked.contains($0) }
        }
        var remarks: [String] = []
        if unknown > 0 { remarks.append("it named \(unknown) skills that it was not shown") }
        if unranked > 0 { remarks.append("it ranked nothing for \(unranked) of \(questions.count) steps") }
        return ListwiseReply(orders: orders, remark: remarks.isEmpty ? nil : remarks.joined(separator: "; "))
    }

    /// The rows of the ranking, nil for a row that is missing.
    private static func rows(in text: String, count: Int) -> [[JSONValue]?]? {
        guard let value = value(in: text) else { return nil }
        var list = value.arrayValue
        if let object = value.objectValue {
            list = object["ranking"]?.arrayValue ?? object.lazy.compactMap(\.value.arrayValue).first
        }
        guard var list, !list.isEmpty else { return nil }
        // The ranking of a single step needs no list around it.
        if count == 1, list.allSatisfy({ $0.arrayValue == nil && $0.objectValue == nil }) { list = [.array(list)] }
        return (0..<count).map { $0 < list.count ? list[$0].arrayValue : nil }
    }

    /// The JSON in an answer, whatever stands around it.
    private static func value(in text: String) -> JSONValue? {
        let text = text.utf8.count > 64 << 10 ? Substring(PromptText.clipped(text, bytes: 64 << 10)) : text[...]
        let answer = text.ranges(of: "</think>").last.map { text[$0.upperBound...] } ?? text
        for (open, close) in [("{", "}"), ("[", "]")] as [(Character, Character)] {
            guard let start = answer.firstIndex(of: open), let end = answer.lastIndex(of: close), start < end else {
                continue
            }
            if let value = try? JSONParser.parse(String(answer[start...end])) { return value }
        }
        return nil
    }

    private static func place(_ element: JSONValue, in question: ListwiseQuestion) -> Int? {
        if let number = element.intValue { return question.candidates.indices.contains(number - 1) ? number - 1 : nil }
        guard let text = element.stringValue else { return nil }
        if let number = Int(text) { return question.candidates.indices.contains(number - 1) ? number - 1 : nil }
        return question.candidates.firstIndex { $0.name.lowercased() == text.lowercased() }
    }
}
