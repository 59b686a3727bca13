import FoundationEssentials
import TestSupport
import Testing

@testable import LanguageModels

@Suite("A vocabulary file")
struct BytePairVocabularyTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let contents: String
        let reason: BytePairVocabularyError.Reason

        init(_ name: String, _ contents: String, _ reason: BytePairVocabularyError.Reason) {
            testDescription = name
            self.contents = contents
            self.reason = reason
        }
    }

    private static let bytes = VocabularyText.lines()

    @Test(
        "is refused with the line and the reason",
        arguments: [
            Fault("empty", "", .missingByte(0)),
            Fault("a byte without a token", "AQ== 0\n", .missingByte(0)),
            Fault("no rank", "AA==\n", .malformedLine(1)),
            Fault("an empty rank", "AA== \n", .malformedLine(1)),
            Fault("a rank with a sign", "AA== -1\n", .malformedLine(1)),
            Fault("a rank that goes on", "AA== 0x\n", .malformedLine(1)),
            Fault("a rank of ten digits", "AA== 0000000000\n", .malformedLine(1)),
            Fault("an empty token", " 0\n", .malformedLine(1)),
            Fault("no base64", "A!== 0\n", .malformedLine(1)),
            Fault("base64 without padding", "AA 0\n", .malformedLine(1)),
            Fault("padding in the middle", "A=A= 0\n", .malformedLine(1)),
            Fault("padding and then more", "AA==AA== 0\n", .malformedLine(1)),
            Fault("padding only", "==== 0\n", .malformedLine(1)),
            Fault("ranks from 1", "AA== 1\n", .unexpectedRank(line: 1)),
            Fault("a rank left out", bytes + "YWI= 257\n", .unexpectedRank(line: 257)),
            Fault("a token twice", bytes + "YWI= 256\n\nYWI= 257\n", .duplicateToken(line: 259)),
            Fault("a byte twice", bytes + "QQ== 256\n", .duplicateToken(line: 257)),
            Fault(
                "a token too long",
                "\(String(repeating: "AAAA", count: 342)) 0\n",
                .tokenTooLong(line: 1, limit: 1024)
            ),
        ]
    )
    func faults(_ fault: Fault) {
        let error = #expect(throws: BytePairVocabularyError.self) {
            try BytePairVocabulary(contents: Array(fault.contents.utf8))
        }
        #expect(error == BytePairVocabularyError(fault.reason))
    }

    @Test("may have empty lines, either kind of line break, and none at its end")
    func layout() throws {
        let lines = VocabularyText.lines(adding: ["ab", "abc", "abcdef"])
        for text in [lines, lines.replacing("\n", with: "\r\n"), "\n\n" + lines, String(lines.dropLast())] {
            let vocabulary = try BytePairVocabulary(contents: Array(text.utf8))
            #expect(vocabulary.count == 259)
            #expect(vocabulary.token(258).map(Array.init) == Array("abcdef".utf8))
            #expect(vocabulary.rank(in: Array("xabcdef".utf8).span, 1..<7) == 258)
            #expect(vocabulary.rank(in: Array("abcde".utf8).span, 0..<5) == BytePairVocabulary.noRank)
        }
    }

    @Test("is read from disk, and an error names the path")
    func file() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/small.tiktoken"
            try Data(VocabularyText.lines(adding: ["ab"]).utf8).write(to: URL(filePath: path))
            #expect(try BytePairTokenizer(vocabularyFile: path).count("abab") == 2)

            try Data("nonsense".utf8).write(to: URL(filePath: path))
            let malformed = #expect(throws: BytePairVocabularyError.self) {
                try BytePairTokenizer(vocabularyFile: path)
            }
            #expect(malformed == BytePairVocabularyError(.malformedLine(1), path: path))
            #expect(malformed?.description.contains(path) == true)

            let missing = #expect(throws: BytePairVocabularyError.self) {
                try BytePairTokenizer(vocabularyFile: folder + "/none")
            }
            #expect(missing?.reason == .unreadable("No such file or directory"))
            let notAFile = #expect(throws: BytePairVocabularyError.self) {
                try BytePairTokenizer(vocabularyFile: folder)
            }
            #expect(notAFile?.reason == .notAFile)
        }
    }
}
