package import TextEmbedding

/// The meaning of each segment of a request, and of the request as a whole, as unit vectors.
package struct SegmentVectors: Sendable {
    /// One row a segment, then one for the whole request.
    private let matrix: EmbeddingMatrix

    package subscript(segment: Int) -> ArraySlice<Float> { matrix[segment] }

    package var whole: ArraySlice<Float> { matrix[matrix.rows - 1] }

    package var dimensions: Int { matrix.dimensions }

    /// Most segments that are embedded; a request with more is a document, and is read by the rules alone.
    package static let mostSegments = 64
    /// Longest text that is embedded, in bytes; what identifies a segment stands at its beginning.
    private static let longestText = 240

    /// Embeds all segments and the request in one batch; nil where there is nothing to compare or too much of it.
    package init?(_ request: SegmentedRequest, by embedder: any Embedder) async throws {
        let texts = Self.texts(of: request)
        guard !texts.isEmpty else { return nil }
        matrix = try await embedder.embed(texts, as: .query)
        guard matrix.rows == texts.count, matrix.dimensions > 0 else { return nil }
    }

    /// What is embedded: each segment, then the request; nothing where nothing can be compared.
    package static func texts(of request: SegmentedRequest) -> [String] {
        guard (2...mostSegments).contains(request.segments.count) else { return [] }
        return request.segments.map { text(of: $0, in: request) }
            + [cut(Substring(request.text), to: 4 * longestText)]
    }

    /// A segment without what leads up to it.
    package static func text(of segment: Segment, in request: SegmentedRequest) -> String {
        cut(request.text(of: request.span(of: segment.body) ?? segment.span), to: longestText)
    }

    private static func cut(_ text: Substring, to limit: Int) -> String {
        guard text.utf8.count > limit else { return String(text) }
        // A scalar cut in two becomes a replacement mark, which the tokenizer drops.
        return String(decoding: text.utf8.prefix(limit), as: UTF8.self)
    }
}
