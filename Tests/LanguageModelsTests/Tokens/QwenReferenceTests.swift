import FoundationEssentials
import Subprocesses
import TestSupport
import Testing

@testable import LanguageModels

/// The tokenizer against the one in the `dashscope` package, on generated texts and on every Unicode scalar.
@Suite(
    "Equality with Qwen's own tokenizer",
    .enabled(if: QwenReference.isAvailable, Comment(rawValue: QwenReference.absence))
)
struct QwenReferenceTests {
    @Test("Ids of generated texts are equal")
    func generatedTexts() async throws {
        try await compare(["texts", "4000"], count: 4_000)
    }

    @Test("Every Unicode scalar of the planes in use is cut and encoded equally")
    func everyScalar() async throws {
        try await compare(["scalars"], count: (0x5_0000 - 0x800) / 256)
    }

    @Test("Prompts, descriptions and long texts are equal")
    func longTexts() async throws {
        try await compare(["long"], count: 9)
    }

    private func compare(_ arguments: [String], count: Int) async throws {
        let tokenizer = try BytePairTokenizer(vocabularyFile: QwenReference.vocabulary)
        let records = try await QwenReference.records(arguments)
        #expect(records.count == count)
        let different = records.filter { tokenizer.encode($0.text) != $0.ids }
        #expect(different.count == 0, "first: \(describe(different.first, tokenizer))")
    }

    private func describe(_ record: QwenReference.Record?, _ tokenizer: BytePairTokenizer) -> String {
        guard let record else { return "none" }
        let ids = tokenizer.encode(record.text)
        let place = zip(ids, record.ids).enumerated().first { $1.0 != $1.1 }?.offset ?? min(ids.count, record.ids.count)
        let text = record.text.unicodeScalars.prefix(200).map { $0.escaped(asASCII: true) }.joined()
        return "\(text): from token \(place) \(ids.dropFirst(place).prefix(8))"
            + ", not \(record.ids.dropFirst(place).prefix(8))"
    }
}

/// Runs the script that asks the reference; where interpreter or vocabulary are not set up, tests are skipped.
private enum QwenReference {
    struct Record: Decodable {
        let text: String
        let ids: [Int32]
    }

    static let vocabulary = PackageRoot.path(".deps/tokenizer/qwen.tiktoken")
    static let interpreter = PackageRoot.path(".deps/test-python/bin/python")
    static let absence = "needs .deps/tokenizer/qwen.tiktoken and tiktoken in .deps/test-python ('Scripts/setup test')"

    static let isAvailable: Bool = {
        let files = FileManager.default
        guard files.fileExists(atPath: vocabulary), files.fileExists(atPath: interpreter) else { return false }
        let libraries = PackageRoot.path(".deps/test-python/lib")
        let versions = (try? files.contentsOfDirectory(atPath: libraries)) ?? []
        return versions.contains { files.fileExists(atPath: "\(libraries)/\($0)/site-packages/tiktoken") }
    }()

    static func records(_ arguments: [String]) async throws -> [Record] {
        let script = PackageRoot.path("Tests/LanguageModelsTests/Tokens/reference_tokens.py")
        let process = Subprocess(executable: interpreter, arguments: [script, vocabulary] + arguments)
        let limits = SubprocessLimits(deadline: .seconds(300), maximumOutputBytes: 256 << 20)
        let output = try await process.run(limits: limits).checked(interpreter).standardOutput
        let decoder = JSONDecoder()
        return try output.split(separator: UInt8(ascii: "\n")).map { try decoder.decode(Record.self, from: Data($0)) }
    }
}
