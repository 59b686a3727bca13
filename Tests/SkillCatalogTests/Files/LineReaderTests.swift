import Testing

@testable import SkillCatalog

@Suite("Lines are read in bounded memory")
struct LineReaderTests {
    private func lines(of bytes: [UInt8], limit: Int, chunkSize: Int) throws -> [LineReader.Line] {
        let folder = try TemporaryFolder()
        let path = try folder.write(bytes, to: "lines.txt")
        var reader = LineReader(try RegularFile.open(path), limit: limit, chunkSize: chunkSize)
        var lines: [LineReader.Line] = []
        while let line = try reader.next() {
            lines.append(line)
            #expect(reader.lineNumber == lines.count)
        }
        return lines
    }

    private func text(_ text: String) -> LineReader.Line { .text(Array(text.utf8)) }

    @Test("Line ends and the byte order mark are dropped, for every size of chunk", arguments: 1...12)
    func chunks(_ chunkSize: Int) throws {
        let bytes = Array("\u{FEFF}one\r\n\ntwo\r\r\n\r\nthree".utf8)
        let found = try lines(of: bytes, limit: 10, chunkSize: chunkSize)
        #expect(found == [text("one"), text(""), text("two\r"), text(""), text("three")])
    }

    @Test("A line as long as the limit is read, a longer one is passed over", arguments: 1...12)
    func limit(_ chunkSize: Int) throws {
        let bytes = Array("12345\n123456\r\n12345\r\n1234567890123\nok\n123456".utf8)
        let found = try lines(of: bytes, limit: 5, chunkSize: chunkSize)
        #expect(found == [text("12345"), .tooLong, text("12345"), .tooLong, text("ok"), .tooLong])
    }

    @Test("An empty file has no lines, and a line feed at the end starts none")
    func ends() throws {
        #expect(try lines(of: [], limit: 5, chunkSize: 4) == [])
        #expect(try lines(of: Array("a\n".utf8), limit: 5, chunkSize: 4) == [text("a")])
        #expect(try lines(of: Array("\n".utf8), limit: 5, chunkSize: 4) == [text("")])
    }
}
