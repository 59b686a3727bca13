package import TextEmbedding

/// A text that skills are looked for by, read once for all stages.
package struct RetrievalQuery: Sendable {
    /// The wording that is searched for; see `QueryWording`.
    package var text: String
    /// Its unit vector.
    package var vector: [Float]
    /// Its stemmed words without function words, in order, repetitions kept.
    package var terms: [String]

    /// Its tokens with their states; nil where the encoder gives none or no stage needs them.
    package var tokens: QueryTokens?

    package init(text: String, vector: [Float], tokens: QueryTokens? = nil) {
        self.text = text
        self.vector = vector
        self.tokens = tokens
        terms = TermExtractor.indexing.terms(in: text)
    }

    /// Reads a text as an encoder that gives token states sees it.
    package init(text: String, encoded: EncodedText) {
        self.init(text: text, vector: encoded.vector, tokens: QueryTokens(encoded, of: text))
    }
}
