import Testing

@testable import CommandLineInterface

@Suite("Splitting a stream into lines")
struct LineSplitterTests {
    private func lines(of text: String, inPiecesOf size: Int, maximumLength: Int) -> [LineSplitter.Line] {
        var splitter = LineSplitter(maximumLength: maximumLength)
        var rest = Array(text.utf8)[...]
        var lines: [LineSplitter.Line] = []
        while !splitter.isFinished {
            if let line = splitter.next() {
                lines.append(line)
            } else if !splitter.isFinished {
                splitter.append(Array(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
        }
        return lines
    }

    static let texts = [
        "", "\n", "a", "a\n", "a\nbc", "a\n\nbc\n", "\n\n\n", "abcd\nef\nghijk\n", "abcdefghijkl", "abcdefg\nh",
    ]

    @Test("is the same whatever pieces the stream comes in", arguments: texts, [1, 2, 3, 5, 100])
    func pieces(text: String, size: Int) {
        let limit = 4
        var expected = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if expected.last == "" { expected.removeLast() }
        let contents = expected.map { line -> LineSplitter.Line.Content in
            line.utf8.count > limit ? .tooLong : .bytes(Array(line.utf8))
        }
        let found = lines(of: text, inPiecesOf: size, maximumLength: limit)
        #expect(found.map(\.content) == contents)
        #expect(found.map(\.number) == Array(1..<(expected.count + 1)))
    }
}
