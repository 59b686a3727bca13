import TextEmbedding

/// A text that skills are looked for by, read once for all stages.
package struct RetrievalQuery: Sendable {
    /// The wording that is searched for; see `QueryWording`.
    package var text: String
    /// Its unit vector.
    package var vector: [Float]
    /// Its stemmed words without function words, in order, repetitions kept.
    package var terms: [String]

    package init(text: String, vector: [Float], terms: [String]) {
        self.text = text
        self.vector = vector
        self.terms = terms
    }

    package init(text: String, vector: [Float]) {
        self.init(text: text, vector: vector, terms: TermExtractor.indexing.terms(in: text))
    }
}
