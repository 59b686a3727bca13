/// A text and the skills of a library that are right answers to it.
package struct RetrievalQuery: Sendable, Hashable, Identifiable {
    package let id: String
    package let query: String
    /// At least one library id, in the order of the file, without repetition.
    package let gold: [String]
    /// The label its own list files it under, which need not be one of the library's; nil where there is none.
    package let category: String?

    package init(id: String, query: String, gold: [String], category: String? = nil) {
        self.id = id
        self.query = query
        self.gold = gold
        self.category = category
    }
}

extension RetrievalQuery: BenchmarkRecord {
    package init(_ fields: RecordFields) throws(DataFault) {
        let gold = try fields.texts("gold")
        guard !gold.isEmpty, Set(gold).count == gold.count else {
            throw fields.fault("gold", mustBe: "a list of at least one library id, without repetition")
        }
        self.init(
            id: try fields.text("id"),
            query: try fields.text("query"),
            gold: gold,
            category: try fields.optionalText("category")
        )
    }

    package func findings(against library: LabelledLibrary?) -> [DataFinding.Observation] {
        guard let library else { return [] }
        return gold.filter { !library.contains($0) }
            .map { .init(.goldNotInLibrary, "the gold skill '\($0)' is not in the library") }
    }
}
