import JSONSchema
import ModelContextProtocol
import TestSupport
import Testing

@Suite(
    "Values of the protocol against its published schemas",
    .enabled(if: PublishedSchema.isThere, SharedData.absence)
)
struct PublishedSchemaTests {
    @Test("What is written is valid in each era that has it", arguments: BuiltValue.all)
    func isValid(_ value: BuiltValue) throws {
        for era in value.eras {
            try #require(era.definition(value.definition) != nil, "\(era.rawValue) has no \(value.definition)")
            let schema = try era.schema(of: value.definition)
            let violations = schema.violations(in: value.sent(in: era))
            #expect(violations.isEmpty, "\(era.rawValue): \(violations)")
        }
    }

    @Test(
        "The values built here have, together, every member their definition names",
        arguments: Set(BuiltValue.all.map(\.definition)).sorted()
    )
    func isWhole(_ definition: String) {
        let values = BuiltValue.all.filter { $0.definition == definition }
        for era in PublishedSchema.allCases {
            let written = Set(
                values.filter { $0.eras.contains(era) }.flatMap { $0.sent(in: era).objectValue?.keys ?? [] }
            )
            let named = written.isEmpty ? [] : era.definition(definition)?["properties"]?.objectValue?.keys ?? []
            let left = Set(named).subtracting(written).subtracting(Self.keptAsTheyAre)
            #expect(left.isEmpty, "\(era.rawValue): nothing built here has \(left.sorted())")
        }
    }

    /// Members that have no type here and travel among those that are kept.
    private static let keptAsTheyAre: Set = [
        "_meta", "experimental", "icons", "task", "tasks", "execution", "mode", "params",
    ]
}
