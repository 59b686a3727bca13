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

    /// One request: a line of JSON, and a row of numbers for each of its segments.
    package struct Record: Sendable {
        package let line: String
        /// The features of each segment, then its vector; empty where the request is one segment.
        package let rows: [[Float]]
    }

    /// Numbers in a row: features, then the vector.
    package var width: Int { SegmentFeatures.count + embedder.model.dimensions }

    /// Computes the features of some requests, and how close each gold step is to each segment.
    package func records(_ requests: [LabelledRequest]) async throws -> [Record] {
        await embedder.forget()
        let readings = lexicons.flatMap { seed, lexicon in
            requests.flatMap { Self.readings(of: $0, seed: seed, lexicon: lexicon) }
        }
        // Many texts at once take a fraction of the time that the same texts take request by request.
        let texts = readings.flatMap { SegmentVectors.texts(of: $0.segmented) } + requests.flatMap(\.steps)
        _ = try await embedder.embed(texts, as: .query)
        var records: [Record] = []
        for reading in readings {
            records.append(try await record(reading))
        }
        return records
    }

    /// One way to read a request: as it is, or only its beginning.
    private struct Reading: Sendable {
        let request: LabelledRequest
        let segmented: SegmentedRequest
        let seed: Int
        /// Segments that are left of the request; nil for all.
        let cut: Int?
    }

    /// The request, and what is left of it before its second action and before one of the later ones.
    ///
    /// Few sets hold requests for one thing only; beginnings of requests teach what those look like.
    private static func readings(of request: LabelledRequest, seed: Int, lexicon: Lexicon) -> [Reading] {
        let whole = TaggedRequest.read(request.query, lexicon: lexicon)
        let later = whole.segments.indices.filter { whole.segments[$0].role == .action }.dropFirst()
        var cuts = Set(later.prefix(1).filter { $0 > 1 })
        if later.count > 1 {
            let place = Int(Fingerprint(of: request.id).value % UInt64(later.count - 1))
            cuts.insert(later[later.startIndex + 1 + place])
        }
        let beginnings = cuts.sorted().map { cut in
            let text = whole.text(of: 0..<whole.segments[cut - 1].span.upperBound) + "."
            let segmented = TaggedRequest.read(String(text), lexicon: lexicon)
            return Reading(request: request, segmented: segmented, seed: seed, cut: cut)
        }
        return [Reading(request: request, segmented: whole, seed: seed, cut: nil)] + beginnings
    }

    private func record(_ reading: Reading) async throws -> Record {
        let (request, segmented) = (reading.request, reading.segmented)
        var rows: [[Float]] = []
        var similarity: [[Double]] = []
        if let vectors = try await SegmentVectors(segmented, by: embedder) {
            if reading.cut == nil {
                let steps = try await embedder.embed(request.steps, as: .query)
                similarity = request.steps.indices.map { step in
                    segmented.segments.indices.map { segment in
                        let cosine = zip(steps[step], vectors[segment]).reduce(Float(0)) { $0 + $1.0 * $1.1 }
                        return (Double(cosine) * 10_000).rounded() / 10_000
                    }
                }
            }
            rows = SegmentFeatures(segmented, vectors: vectors).rows.enumerated().map { $1 + vectors[$0] }
        }
        let line: JSONValue = [
            "set": .string(request.set), "id": .string(request.id), "dropout": JSONValue(reading.seed),
            "cut": reading.cut.map { JSONValue($0) } ?? .null,
            "gold": JSONValue(request.steps.count),
            "rules": JSONValue(max(1, segmented.segments.count { $0.role == .action })),
            "english": .bool(segmented.language == .english),
            "roles": .array(segmented.segments.map { .string($0.role.rawValue) }),
            "texts": .array(segmented.segments.map { .string(SegmentVectors.text(of: $0, in: segmented)) }),
            "rows": JSONValue(rows.count),
            "similarity": .array(similarity.map { .array($0.map { .number($0) }) }),
        ]
        return Record(line: line.serialized(), rows: rows)
    }
}
