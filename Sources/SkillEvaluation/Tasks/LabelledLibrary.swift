/// The skills of a library as an evaluation sees them: ids, the text that describes them, and their labels.
package struct LabelledLibrary: Sendable {
    package struct Entry: Sendable, Hashable, Identifiable {
        package let id: String
        package let name: String
        package let description: String
        /// A label to score against, never part of indexed text; nil where the library gives none.
        package let category: String?

        package init(id: String, name: String, description: String, category: String? = nil) {
            self.id = id
            self.name = name
            self.description = description
            self.category = category
        }
    }

    /// In the order of the file.
    package let entries: [Entry]
    /// Every label that some skill has.
    package let categories: Set<String>
    private let positions: [String: Int]

    /// Of two entries with one id the first counts.
    package init(_ entries: [Entry]) {
        self.entries = entries
        categories = Set(entries.compactMap(\.category))
        positions = Dictionary(zip(entries.map(\.id), entries.indices)) { first, _ in first }
    }

    package func contains(_ id: String) -> Bool { positions[id] != nil }

    /// The label of a skill; nil where it has none or is not in the library.
    package func category(of id: String) -> String? { positions[id].flatMap { entries[$0].category } }
}

extension LabelledLibrary.Entry: BenchmarkRecord {
    package init(_ fields: RecordFields) throws(DataFault) {
        let id = try fields.text("id")
        self.init(
            id: id,
            name: try fields.optionalText("name") ?? id,
            description: try fields.optionalText("description") ?? "",
            category: try fields.optionalText("category")
        )
    }

    package func findings(against library: LabelledLibrary?) -> [DataFinding.Observation] { [] }
}
