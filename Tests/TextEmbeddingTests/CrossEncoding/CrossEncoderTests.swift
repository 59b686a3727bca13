import Storage
import TestSupport
import Testing

@testable import TextEmbedding

@Suite("A cross-encoder", .enabled(if: TinyCrossEncoder.canBeMade, TinyCrossEncoder.absence))
struct CrossEncoderTests {
    private static let words: KeyValuePairs = ["alpha": 1.0, "beta": 2, "gamma": -4, "##s": 8]

    private func withModel(
        _ kind: TinyCrossEncoder.Kind = .one,
        _ body: (CrossEncoder, _ folder: String) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            try await TinyCrossEncoder.make(in: "\(folder)/tiny", kind: kind, words: Self.words)
            try await body(CrossEncoder(files: files("\(folder)/tiny")), "\(folder)/tiny")
        }
    }

    private func files(_ folder: String) throws -> CrossEncoder.Files {
        CrossEncoder.Files(model: folder, runtime: try #require(Installed.runtime))
    }

    /// `[CLS]`, the first text and its `[SEP]` count once, the second and its `[SEP]` ten times.
    private static let marks: Float = 0.25 + 0.125 + 10 * 0.125

    @Test(
        "gives each pair the score that can be worked out by hand",
        arguments: [TinyCrossEncoder.Kind.one, .flat, .two]
    )
    func scores(kind: TinyCrossEncoder.Kind) async throws {
        try await withModel(kind) { model, _ in
            let scores = try await model.scores([
                ("alpha", "beta"), ("beta", "alpha"), ("", ""), ("alpha unheard", "Gammas, beta!"),
                ("alpha", "beta beta beta beta beta beta beta beta beta beta beta beta"),
            ])
            let wanted = ([21, 12, 0, 61, 241] as [Float]).map { $0 + Self.marks }
            #expect(zip(scores, wanted).allSatisfy { abs($0 - $1) < 1e-2 }, "\(scores)")
            #expect(model.name == "tiny")
        }
    }

    @Test("does without token types where the model has none")
    func untyped() async throws {
        try await withModel(.untyped) { model, _ in
            let scores = try await model.scores([("alpha", "beta"), ("beta", "alpha")])
            #expect(scores.allSatisfy { abs($0 - 3.5) < 1e-3 }, "\(scores)")
        }
    }

    @Test("gives a pair the same score alone and among many of all lengths")
    func independentOfTheBatch() async throws {
        try await withModel { model, _ in
            let pairs = (0..<200).map { number in
                (
                    text: String(repeating: "alpha ", count: number % 7),
                    other: String(repeating: "beta ", count: number % 31)
                )
            }
            let together = try await model.scores(pairs)
            for place in stride(from: 0, to: pairs.count, by: 23) {
                let alone = try await model.scores([pairs[place]])
                #expect(abs(alone[0] - together[place]) < 1e-2)
                let kept = min(place % 31, 37 - place % 7)
                let wanted = Float(place % 7 + 20 * kept) + Self.marks
                #expect(abs(alone[0] - wanted) < 1e-2)
            }
            #expect(try await model.scores([]).isEmpty)
        }
    }

    @Test("cuts the longer text first, to the 40 tokens that the model reads")
    func truncation() async throws {
        try await withModel { model, _ in
            let long = String(repeating: "alpha ", count: 500)
            let scores = try await model.scores([(long, "beta"), ("beta", long), (long, long)])
            let wanted = ([36 + 20, 2 + 360, 18 + 190] as [Float]).map { $0 + Self.marks }
            #expect(zip(scores, wanted).allSatisfy { abs($0 - $1) < 1 }, "\(scores)")
        }
    }

    @Test(
        "cuts pairs as the reference does",
        arguments: [
            (3, 4, 10, 3, 4), (3, 40, 10, 3, 7), (40, 3, 10, 7, 3), (40, 41, 10, 5, 5), (40, 41, 11, 5, 6),
            (41, 40, 11, 6, 5), (5, 5, 9, 4, 5), (0, 9, 4, 0, 4), (9, 9, 0, 0, 0),
        ]
    )
    func lengths(first: Int, second: Int, limit: Int, keptFirst: Int, keptSecond: Int) {
        let kept = PairSequence.lengths(first, second, limit: limit)
        #expect(kept == (keptFirst, keptSecond))
    }

    @Test(
        "says what is wrong with a model that is none",
        arguments: [
            (TinyCrossEncoder.Kind.three, "the shape [1, 3]"), (.states, "the shape [1, "),
            (.unmasked, "no input 'attention_mask'"), (.infinite, "not a finite number"),
        ]
    )
    func otherModels(kind: TinyCrossEncoder.Kind, says: String) async throws {
        try await withModel(kind) { model, _ in
            let error = await #expect(throws: EmbeddingError.self) { try await model.scores([("alpha", "beta")]) }
            #expect(error?.message.contains(says) == true, "\(error?.message ?? "")")
        }
    }

    @Test("names the file that is missing, and a model with other labels")
    func unusableFolders() async throws {
        try await withModel { _, folder in
            func problem() throws -> String {
                let files = try files(folder)
                let error = #expect(throws: EmbeddingError.self) { try CrossEncoder(files: files) }
                return error?.message ?? ""
            }
            let config = try text(of: "\(folder)/config.json")
            try write(#"{"id2label": {"0": "a", "1": "b", "2": "c"}}"#, to: "\(folder)/config.json")
            #expect(try problem().contains("3 labels"))
            try write("{", to: "\(folder)/config.json")
            #expect(try problem().contains("config.json"))
            try write(config, to: "\(folder)/config.json")
            let vocabulary = try text(of: "\(folder)/vocab.txt")
            try write("", to: "\(folder)/vocab.txt")
            #expect(try problem().contains("vocab.txt"))
            try write(vocabulary, to: "\(folder)/vocab.txt")
            FileSystem.remove("\(folder)/openvino_model.xml")
            #expect(try problem().contains("openvino_model.xml"))
        }
    }

    @Test("reads tokenizer.json where there is no vocab.txt, and says which kinds it cannot read")
    func tokenizerFile() async throws {
        try await withModel { model, folder in
            let pairs = [(text: "Alpha", other: "betas gamma")]
            let wanted = try await model.scores(pairs)
            let pieces = try text(of: "\(folder)/vocab.txt").split(separator: "\n")
            let vocabulary = pieces.enumerated().map { #""\#($1)": \#($0)"# }.joined(separator: ", ")
            func tokenizer(_ type: String, lowercase: Bool = true) -> String {
                #"{"normalizer": {"type": "BertNormalizer", "lowercase": \#(lowercase)}, "#
                    + #""model": {"type": "\#(type)", "vocab": {\#(vocabulary)}}}"#
            }
            FileSystem.remove("\(folder)/vocab.txt")
            try write(tokenizer("WordPiece"), to: "\(folder)/tokenizer.json")
            let files = try files(folder)
            #expect(try await CrossEncoder(files: files).scores(pairs) == wanted)
            try write(tokenizer("WordPiece", lowercase: false), to: "\(folder)/tokenizer.json")
            #expect(try await CrossEncoder(files: files).scores(pairs) != wanted)
            try write(tokenizer("Unigram"), to: "\(folder)/tokenizer.json")
            let error = #expect(throws: EmbeddingError.self) { try CrossEncoder(files: files) }
            #expect(error?.message.contains("Unigram") == true)
        }
    }

    @Test("stops when its task is cancelled")
    func cancellation() async throws {
        try await withModel { model, _ in
            let task = Task { try await model.scores(Array(repeating: ("alpha", "beta"), count: 50_000)) }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }
}
