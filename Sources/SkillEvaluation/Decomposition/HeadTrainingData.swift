import JSONSchema
import TaskDecomposition
package import TextEmbedding

/// What a step-head model is trained on: the features that this program computes, so that training and use cannot differ.
package struct HeadTrainingData: Sendable {
    private let embedder: RememberingEmbedder
    private let lexicons: [(seed: Int, lexicon: Lexicon)]

    /// Requests whose texts are embedded together.
    package static let chunk = 64

    /// - Parameter dropouts: How many copies of each request are made with half of the verbs hidden, drawn with the seeds
    ///   1, 2, ….
    package init(embedder: any Embedder, dropouts: Int) {
        self.embedder = RememberingEmbedder(embedder)
        lexicons =
            [(0, .english)] + (0..<dropouts).map { ($0 + 1, Lexicon.english.hidingVerbs(seed: UInt64($0 + 1))) }
    }

    /// One request: a line of JSON, and a row of features for each of its segments.
    package struct Record: Sendable {
        package let line: String
        /// Empty where the request is one segment.
        package let rows: [[Float]]
    }

    /// Parts that the requests of a set fall into, by the hash of their ids.
    package static let parts: UInt64 = 5

    /// The part of a request; part 0 is held out where a set is both trained and tested on.
    package static func part(of request: LabelledRequest) -> Int { Int(Fingerprint(of: request.id).value % parts) }

    /// Computes the features of some requests, and which of their segments are heads of gold steps.
    package func records(_ requests: [LabelledRequest]) async throws -> [Record] {
        await embedder.forget()
        let readings = lexicons.flatMap { seed, lexicon in
            requests.map { (request: $0, seed: seed, segmented: TaggedRequest.read($0.query, lexicon: lexicon)) }
        }
        // Many texts at once take a fraction of the time that the same texts take request by request.
        let texts = readings.flatMap { SegmentVectors.texts(of: $0.segmented) } + requests.flatMap(\.steps)
        _ = try await embedder.embed(texts, as: .query)
        var records: [Record] = []
        for (request, seed, segmented) in readings {
            records.append(try await record(request, segmented, seed: seed))
        }
        return records
    }

    private func record(
        _ request: LabelledRequest,
        _ segmented: SegmentedRequest,
        seed: Int
    ) async throws -> Record {
        var rows: [[Float]] = []
        var heads: [Int] = []
        if let vectors = try await SegmentVectors(segmented, by: embedder) {
            let steps = try await embedder.embed(request.steps, as: .query)
            let similarity = StepTextAlignment.similarity(
                (0..<steps.rows).map { Array(steps[$0]) },
                segmented.segments.indices.map { Array(vectors[$0]) }
            )
            heads = HeadAlignment.heads(
                similarity: similarity,
                isAction: segmented.segments.map { $0.role == .action },
                inOrder: request.isOrdered
            )
            rows = SegmentFeatures(segmented, vectors: vectors).rows
        }
        let line: JSONValue = [
            "set": .string(request.set), "id": .string(request.id), "part": JSONValue(Self.part(of: request)),
            "dropout": JSONValue(seed), "query": .string(request.query), "gold": JSONValue(request.steps.count),
            "roles": .array(segmented.segments.map { .string($0.role.rawValue) }),
            "rows": JSONValue(rows.count), "heads": .array(heads.map { JSONValue($0) }),
        ]
        return Record(line: line.serialized(), rows: rows)
    }
}
