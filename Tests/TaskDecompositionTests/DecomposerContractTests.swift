import SkillRetrieval
import TaskDecomposition
import Testing

/// The decomposers that need no language model.
private let decomposers: [any Decomposer] = [LocalDecomposer(), PlainSplitDecomposer(), WholeRequestDecomposer()]

@Suite("Decomposers without a model")
struct DecomposerContractTests {
    @Test("every decomposer has a name of its own")
    func names() {
        #expect(decomposers.map(\.name) == ["local", "plain-split", "whole"])
    }

    @Test(
        "an empty request is refused",
        arguments: ["", " ", "\n\t \r\n", "\u{0}", "\u{200B}\u{FEFF}", "\u{3000}\u{A0}"]
    )
    func empty(request: String) async {
        for decomposer in decomposers {
            await #expect(throws: DecompositionError.emptyRequest) { try await decomposer.decompose(request) }
        }
    }

    @Test("a request over the limit is refused with both sizes")
    func tooLong() async {
        let request = String(repeating: "a", count: DecompositionLimits.maximumRequestBytes + 1)
        let error = DecompositionError.requestTooLong(bytes: 1_000_001, limit: 1_000_000)
        for decomposer in decomposers {
            await #expect(throws: error) { try await decomposer.decompose(request) }
        }
    }

    @Test("the errors say what to do")
    func messages() {
        #expect(DecompositionError.emptyRequest.description == "the request is empty: say what is to be done")
        #expect(
            DecompositionError.requestTooLong(bytes: 7, limit: 5).description
                == "the request has 7 bytes, the limit is 5: shorten it, or name a file instead of quoting it"
        )
    }

    @Test("a request of a million bytes is decomposed")
    func longest() async throws {
        let request = String(repeating: "and ", count: DecompositionLimits.maximumRequestBytes / 4)
        let steps = try await LocalDecomposer().decompose(request).subtasks
        #expect(steps.count == 1)
        #expect(DecomposerContract.hasOrderedSpans(steps, in: request))
    }

    @Test(
        "what repeats without end is decomposed in linear time and keeps the contract",
        arguments: [
            "'a \"b \u{201C}c `d ", "((([[[{{{", "a,a,a,", "a@b ", "please ", "i also also ", "下载数据，然后",
            "e\u{301}\u{0}x",
            "1. a\n", "do it\n", "Download the file and send it to bob. ", "run and ", "\u{1F468}\u{200D}", "```", "''",
            "x",
            "://", "after doing that, ", "between ", "if ",
        ]
    )
    func repetitions(unit: String) async throws {
        let request = String(repeating: unit, count: 6_000 / unit.utf8.count)
        for decomposer in decomposers { try await DecomposerContract.check(decomposer, request) }
    }

    @Test(
        "unclosed marks, lone marks and controls keep the contract",
        arguments: [
            "say \"hello and then leave", "it's John's and 'tis fine", "(open and never closed, then stop",
            "`code and more",
            "\u{301}", "\u{301} and \u{302}", "a\u{0}b and c\u{0}", "???", "\"\"", "''", "\"", ",,,", "and", "and then",
            ". . .",
            "1.", "- ", "\u{201C}", "\u{FFFD}", "\u{10FFFF}", "::", "&", "->", "a", "1) 2) 3)", "\u{202E}abc and def",
        ]
    )
    func oddities(request: String) async throws {
        for decomposer in decomposers { try await DecomposerContract.check(decomposer, request) }
    }

    @Test("random requests keep the contract", arguments: 1...8)
    func random(seed: Int) async throws {
        var generator = RequestGenerator(seed: UInt64(seed))
        for _ in 0..<50 {
            let request = generator.request()
            guard request.unicodeScalars.contains(where: { $0.properties.isAlphabetic }) else { continue }
            for decomposer in decomposers { try await DecomposerContract.check(decomposer, request) }
        }
    }

    @Test("more than 64 steps are cut off, and the diagnostic says so")
    func manySteps() async throws {
        let request = (1...70).map { "\($0). fetch page \($0)" }.joined(separator: "\n")
        let answer = try await DecomposerContract.check(LocalDecomposer(), request)
        #expect(answer.subtasks.count == 64)
        #expect(answer.subtasks.last?.text == "fetch page 64")
        #expect(
            answer.diagnostics == [
                "the request has 70 steps, more than the limit of 64: the steps after that are left out"
            ]
        )
    }
}
