import FoundationEssentials
import Glibc
import Testing

@testable import TextEmbedding

@Suite("Vocabulary")
struct VocabularyTests {
    private func bytes(_ lines: String...) -> [UInt8] { Array(lines.joined(separator: "\n").utf8) }

    @Test("Line ends may be those of Windows, and the last may be missing")
    func lineEnds() throws {
        let vocabulary = try Vocabulary(Array("a\r\n##b\r\n\r\nc".utf8))
        #expect((0..<4).map { vocabulary.piece(of: $0) } == ["a", "##b", "", "c"])
        #expect(vocabulary.count == 4)
        #expect(vocabulary.id(of: "c") == 3)
    }

    @Test("Of equal lines the last counts")
    func duplicates() throws {
        let vocabulary = try Vocabulary(bytes("a", "b", "a", "##a"))
        #expect(vocabulary.id(of: "a") == 2)
        #expect(vocabulary.piece(of: 0) == "a")
    }

    @Test("A lone continuation mark is a piece like any other")
    func loneMark() throws {
        let vocabulary = try Vocabulary(bytes("##", "###"))
        #expect(vocabulary.id(of: "##") == 0)
        #expect((0..<2).map(vocabulary.isContinuation) == [false, true])
        #expect((0..<2).map { vocabulary.piece(of: $0) } == ["##", "###"])
    }

    @Test("Each of thousands of pieces is found, and nothing else")
    func manyPieces() throws {
        let names = (0..<5_000).map { String($0 * 7919, radix: 36) }
        let vocabulary = try Vocabulary(Array(names.joined(separator: "\n").utf8))
        #expect(names.indices.allSatisfy { vocabulary.id(of: names[$0]) == Int32($0) })
        #expect(names.allSatisfy { vocabulary.id(of: $0 + "!") == nil })
    }

    @Test("A piece longer than any word is never used and does no harm")
    func longPiece() throws {
        let long = String(repeating: "a", count: 600)
        let contents = bytes("[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "##a", long)
        let tokenizer = try WordPieceTokenizer(vocabulary: contents)
        #expect(tokenizer.pieces(of: long) == ["[UNK]"])
        #expect(tokenizer.pieces(of: "aaa") == ["a", "##a", "##a"])
    }

    @Test("A vocabulary without a mask works; the mask is then three words")
    func withoutMask() throws {
        let tokenizer = try WordPieceTokenizer(vocabulary: bytes("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[", "]", "mask"))
        #expect(tokenizer.pieces(of: "[MASK]") == ["[", "mask", "]"])
    }

    @Test("A missing special token is named", arguments: ["[PAD]", "[UNK]", "[CLS]", "[SEP]"])
    func missingSpecialToken(name: String) {
        let lines = SmallVocabulary.pieces.filter { $0 != name }
        let error = #expect(throws: TokenizerError.self) {
            try WordPieceTokenizer(vocabulary: Array(lines.joined(separator: "\n").utf8))
        }
        #expect(error == TokenizerError(.missingSpecialToken(name)))
        #expect(error.map { "\($0)".contains("\"\(name)\"") } == true)
    }

    @Test("Contents that are no vocabulary are refused")
    func refusals() {
        #expect(throws: TokenizerError(.empty)) { try WordPieceTokenizer(vocabulary: []) }
        #expect(throws: TokenizerError(.notUTF8)) { try WordPieceTokenizer(vocabulary: [0x5B, 0xFF, 0x0A]) }
    }

    @Test("A file is read, and errors name its path")
    func files() throws {
        var folder = Array("\(FileManager.default.temporaryDirectory.path)/vocabulary-XXXXXX".utf8CString)
        try #require(mkdtemp(&folder) != nil)
        let path = String(decoding: folder.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        let file = path + "/vocab.txt"
        defer {
            unlink(file)
            rmdir(path)
        }

        let missing = #expect(throws: TokenizerError.self) { try WordPieceTokenizer(vocabularyFile: file) }
        #expect(missing?.path == file)
        #expect(missing.map { "\($0)".contains("No such file") } == true)
        #expect(throws: TokenizerError(.notAFile, path: path)) { try WordPieceTokenizer(vocabularyFile: path) }

        try write([], to: file)
        #expect(throws: TokenizerError(.empty, path: file)) { try WordPieceTokenizer(vocabularyFile: file) }

        try write(SmallVocabulary.contents, to: file)
        #expect(try WordPieceTokenizer(vocabularyFile: file).pieces(of: "the dataset") == ["the", "dataset"])
    }

    private func write(_ contents: [UInt8], to path: String) throws {
        let file = try #require(fopen(path, "w"))
        let written = fwrite(contents, 1, contents.count, file)
        fclose(file)
        try #require(written == contents.count)
    }
}
