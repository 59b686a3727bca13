/// An embedder that also gives the state of every token, from the same pass through the model.
///
/// Contract, held by one test suite: `vector` equals what `embed` gives for the text; there is one state a token; bytes
/// of tokens lie within the text, in order; words count up from zero without a gap.
public protocol TokenEncoder: Embedder {
    /// Encodes texts of one role, in order.
    ///
    /// States take 4 × dimensions bytes a token (about 60 KB for a sentence of 40 tokens and 384 dimensions), so encode
    /// large collections part by part. Texts longer than the model's limit are cut. Stops with `CancellationError` soon
    /// after its task is cancelled.
    func encode(_ texts: [String], as role: TextRole) async throws -> [EncodedText]
}

extension TokenEncoder {
    /// Encodes one text.
    public func encode(_ text: String, as role: TextRole) async throws -> EncodedText {
        try await encode([text], as: role)[0]
    }
}
