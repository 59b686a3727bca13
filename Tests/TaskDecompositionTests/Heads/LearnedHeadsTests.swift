import FoundationEssentials
import SkillRetrieval
import TaskDecomposition
import TestSupport
import Testing
import TextEmbedding

/// An encoder that always fails.
private struct BrokenEmbedder: Embedder {
    var model: EmbeddingModel { EmbeddingModel(name: "broken", fingerprint: "0", dimensions: 4) }

    func embed(_ texts: [String], as role: TextRole) async throws -> EmbeddingMatrix {
        throw EmbeddingError(.modelUnusable, "there is no model")
    }
}

@Suite("Learned step heads")
struct LearnedHeadsTests {
    private struct Expected: Decodable {
        var request: String
        var probabilities: [Double]
    }

    private static func encoder() throws -> SentenceEncoder {
        let model = try #require(Installed.encoder)
        let runtime = try #require(Installed.runtime)
        return try SentenceEncoder(files: SentenceEncoder.Files(model: model, runtime: runtime))
    }

    @Test(
        "have the probabilities that the training computes",
        .enabled(if: Installed.encoder != nil && Installed.runtime != nil, Installed.encoderAbsence)
    )
    func parity() async throws {
        let folder = PackageRoot.path("Tests/TaskDecompositionTests/Heads/OwnRequests")
        let data = try Data(contentsOf: URL(filePath: "\(folder)/probabilities.json"))
        let encoder = try Self.encoder()
        let model = try #require(StepHeadModel.builtIn)
        for expected in try JSONDecoder().decode([Expected].self, from: data) {
            let segmented = TaggedRequest.read(expected.request)
            let vectors = try #require(try await SegmentVectors(segmented, by: encoder))
            let rows = SegmentFeatures(segmented, vectors: vectors).rows
            let computed = model.probabilities(rows)
            #expect(computed.count == expected.probabilities.count, "\(expected.request)")
            // A cosine on the threshold of a tree may fall to the other side on another processor.
            for (ours, theirs) in zip(computed, expected.probabilities) {
                #expect(abs(ours - theirs) < 0.02, "\(expected.request)")
            }
        }
    }

    @Test(
        "keep the contract, and give each step its probability",
        .enabled(if: Installed.encoder != nil && Installed.runtime != nil, Installed.encoderAbsence),
        arguments: [
            "Download the dataset, transform it and create a visual report.",
            "Could you give me the opening hours of the museum and any reviews of its new exhibition?",
            "x", "Télécharge le fichier, puis envoie-le à Marie.", "1. a\n2. b\n3. c", "and, and; and",
        ]
    )
    func contract(request: String) async throws {
        let local = LocalDecomposer(embedder: try Self.encoder())
        let answer = try await DecomposerContract.check(local, request)
        #expect(answer.subtasks.allSatisfy { (0...1).contains($0.confidence) })
        for offset in [-3.0, 1, 4] {
            let granularity = StepGranularity(textWeight: 1, offset: offset)
            let finer = LocalDecomposer(embedder: try Self.encoder(), granularity: granularity)
            try await DecomposerContract.check(finer, request)
        }
    }

    @Test("an encoder that fails leaves the request to the grammar, and says so")
    func failure() async throws {
        let request = "Download the file and send it to Bob."
        let answer = try await LocalDecomposer(embedder: BrokenEmbedder()).decompose(request)
        let grammar = try await LocalDecomposer().decompose(request)
        #expect(answer.subtasks == grammar.subtasks)
        #expect(answer.diagnostics.count == 1)
        #expect(answer.diagnostics.first?.contains("grammar") == true)
    }

    @Test("rules that find several actions outweigh a model, and one action leaves the decision to it")
    func shares() {
        let several = TaggedRequest.read("Download the file and send it to Bob").segments
        #expect(StepHeads(several, learned: [0.4, 0.4]).count == 2)
        let one = TaggedRequest.read("Give me the opening hours and the prices of the museum").segments
        let learned = (0..<one.count).map { $0 == 0 ? 0.9 : 0.4 }
        #expect(StepHeads(one, learned: learned).probabilities == learned)
    }

    @Test("the most probable heads are chosen, in order")
    func chosen() {
        let segments = TaggedRequest.read("Do a, b, c and d").segments
        let learned = (0..<segments.count).map { [0.2, 0.9, 0.1, 0.8, 0.3][$0 % 5] }
        let heads = StepHeads(segments, learned: learned)
        #expect(heads.heads(0).isEmpty)
        let two = heads.heads(2)
        #expect(two == two.sorted())
        #expect(heads.heads(99).count == segments.count)
    }
}
