import TestSupport
import Testing

@testable import TextEmbedding

@Suite("The tokenizer of a model folder")
struct TokenizerFolderTests {
    private static let vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\ncafe\nCafe\nCafé\ncafé\n"

    @Test(
        "keeps case and accents as its configuration says",
        arguments: [
            ("", 5), (#"{"do_lower_case": true}"#, 5), (#"{"do_lower_case": true, "strip_accents": false}"#, 8),
            (#"{"do_lower_case": false}"#, 7), (#"{"do_lower_case": false, "strip_accents": true}"#, 6),
        ] as [(String, Int32)]
    )
    func casing(configuration: String, id: Int32) async throws {
        try await withTemporaryFolder { folder in
            try write(Self.vocabulary, to: "\(folder)/vocab.txt")
            if !configuration.isEmpty { try write(configuration, to: "\(folder)/tokenizer_config.json") }
            #expect(try WordPieceTokenizer(folder: folder).encode("Café", limit: 8).ids == [2, id, 3])
        }
    }

    @Test(
        "is refused where its pieces are not numbered one after another",
        arguments: [
            #"{"[PAD]": 0, "a": 2}"#, #"{"[PAD]": 0, "a": 0}"#, #"{"[PAD]": "x"}"#, #"{"[PAD]": -1}"#, "{}", "[]",
        ]
    )
    func gaps(vocabulary: String) async throws {
        try await withTemporaryFolder { folder in
            try write(
                #"{"model": {"type": "WordPiece", "vocab": \#(vocabulary)}}"#,
                to: "\(folder)/tokenizer.json"
            )
            let error = #expect(throws: EmbeddingError.self) { try WordPieceTokenizer(folder: folder) }
            #expect(error?.kind == .modelUnusable)
        }
    }
}
