import Testing

@testable import TaskDecomposition

/// A request, and the pieces it is cut into, as they stand in it.
struct SplitCase: Sendable, CustomTestStringConvertible {
    var request: String
    var pieces: [String]

    init(_ request: String, _ pieces: String...) {
        self.request = request
        self.pieces = pieces
    }

    var testDescription: String { request }
}

@Suite("Fine split")
struct FineSplitTests {
    private func pieces(_ request: String) -> [String] {
        let split = FineSplit.split(request)
        return split.segments.map { String(split.text(of: $0)) }
    }

    @Test(
        "cuts at punctuation and connectives",
        arguments: [
            SplitCase("a cat, a dog", "a cat", "a dog"),
            SplitCase("run it; stop it: now", "run it", "stop it", "now"),
            SplitCase("One. Two! Three? Four… Five", "One", "Two", "Three", "Four", "Five"),
            SplitCase("read and write", "read and write"),
            SplitCase("read and print", "read", "and print"),
            SplitCase("read and then print, also save", "read", "and then print", "also save"),
            SplitCase(
                "read but skip it as well as this plus that",
                "read",
                "but skip it",
                "as well as this",
                "plus that"
            ),
            SplitCase("read it followed by printing it", "read it", "followed by printing it"),
            SplitCase("read it → print it", "read it", "print it"),
            SplitCase("read it — print it", "read it", "print it"),
            SplitCase("Finally, read it", "Finally, read it"),
            SplitCase("read it before printing it", "read it", "before printing it"),
            SplitCase("the day before yesterday", "the day before yesterday"),
            SplitCase("fly between Rome and Pisa and eat", "fly between Rome and Pisa", "and eat"),
            SplitCase("I would then like to stop", "I would then like to stop"),
            SplitCase("first line\nsecond line", "first line", "second line"),
            SplitCase("下载数据，清洗数据。生成报告；发送、结束", "下载数据", "清洗数据", "生成报告", "发送、结束"),
        ]
    )
    func boundaries(example: SplitCase) {
        #expect(pieces(example.request) == example.pieces)
    }

    @Test(
        "leaves data alone",
        arguments: [
            "pay $1,000.50 at 10:30 to Dr. No. 7", "see fig. 3 or e.g. this", "ask J. K. Rowling", "meet at 3 p.m. EST",
            "open https://a.b/c,d;e and-more", "x = f(a, b; c)", "say 'a, b; c'", "say \"a. B and c\"",
            "set {a: 1, b: [2, 3]}",
            "version 2.0.1", "terms and conditions", "don't stop", "the U.S. economy", "a 3,5 b",
        ]
    )
    func data(request: String) {
        #expect(pieces(request) == [request])
    }

    @Test(
        "a boundary says what it was",
        arguments: [
            ("a. b", Boundary.sentence), ("a; b", .semicolon), ("a: b", .colon), ("a, b", .comma), ("a - b", .dash),
            ("a and b", .word),
            ("go there\nStop here", .line), ("- a\n- b", .listItem),
        ]
    )
    func kinds(request: String, boundary: Boundary) {
        let segments = FineSplit.split(request).segments
        #expect(segments.map(\.boundary) == [.start, boundary])
    }

    @Test("sentences are counted", arguments: [("a, b and c. d, e\n- f", [0, 0, 0, 1, 1, 2])])
    func sentences(request: String, numbers: [Int]) {
        #expect(FineSplit.split(request).segments.map(\.sentence) == numbers)
    }

    @Test(
        "the words that lead up to a clause are read off",
        arguments: [
            ("and then please could you also print it", "print it"),
            ("First of all, I would also like to stop", "stop"),
            ("next week we meet", "next week we meet"), ("Next, we meet", "we meet"),
            ("first class tickets", "first class tickets"),
            ("I need a hotel", "a hotel"), ("with this data", "with this data"), ("with this, print it", "print it"),
        ]
    )
    func bodies(request: String, body: String) throws {
        let split = FineSplit.split(request)
        let segment = try #require(split.segments.first)
        let span = try #require(split.span(of: segment.body))
        #expect(split.text(of: span) == body)
    }

    @Test("segments are not empty, ascend, are disjoint and lie on scalar boundaries", arguments: 1...6)
    func spans(seed: Int) {
        var generator = RequestGenerator(seed: UInt64(seed) + 100)
        for _ in 0..<80 {
            let request = generator.request()
            let bytes = Array(request.utf8)
            let split = FineSplit.split(request)
            var end = 0
            for segment in split.segments {
                #expect(segment.span.lowerBound >= end && !segment.span.isEmpty, "\(request.debugDescription)")
                #expect(segment.span.upperBound <= bytes.count, "\(request.debugDescription)")
                #expect(
                    DecomposerContract.isBoundary(segment.span.lowerBound, in: bytes),
                    "\(request.debugDescription)"
                )
                #expect(segment.tokens.lowerBound <= segment.head && segment.head <= segment.tokens.upperBound)
                end = segment.span.upperBound
            }
        }
    }
}
