import SkillRetrieval
import TaskDecomposition
import Testing

/// A request, what its steps must say and what they must not.
///
/// How many steps there are is another specification's business, so that counting may change and wording may not.
struct WordingCase: Sendable, CustomTestStringConvertible {
    var request: String
    /// Each is in one step; the parts around "…" come in that order within the step.
    var says: [String]
    /// None is in any step.
    var lacks: [String]

    init(_ request: String, says: [String], lacks: [String] = []) {
        self.request = request
        self.says = says
        self.lacks = lacks
    }

    var testDescription: String { request }

    /// The words are in the text, the parts around "…" one after the other.
    static func isSaid(_ words: String, in text: String) -> Bool {
        var rest = Substring(text.lowercased())
        for part in words.lowercased().split(separator: "…") {
            guard let place = rest.firstRange(of: part) else { return false }
            rest = rest[place.upperBound...]
        }
        return true
    }

    /// Decomposes the request and compares.
    func check() async throws {
        let texts = try await LocalDecomposer().decompose(request).subtasks.map(\.text)
        for words in says {
            #expect(texts.contains { WordingCase.isSaid(words, in: $0) }, "no step says '\(words)': \(texts)")
        }
        for words in lacks {
            #expect(!texts.contains { WordingCase.isSaid(words, in: $0) }, "a step says '\(words)': \(texts)")
        }
    }
}
