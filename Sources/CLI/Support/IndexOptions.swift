import CommandLineInterface
import SkillCatalog
import SkillRetrieval

/// Options of how a vector index is built.
enum IndexOptions {
    static let kind = Option<IndexKind?>(
        "index-kind",
        value: "KIND",
        "How vectors are indexed instead of by their number. The library keeps the choice."
    )
    static let precision = Option<VectorPrecision?>(
        "index-precision",
        value: "TYPE",
        "How exactly the index keeps vectors: float16 takes half the memory, int8 a quarter. The library keeps the choice."
    )

    /// What was asked for; nil where nothing was.
    static func policy(_ values: ParsedValues) -> IndexPolicy? {
        guard values[kind] != nil || values[precision] != nil else { return nil }
        return IndexPolicy(kind: values[kind], precision: values[precision] ?? .float32)
    }

    /// What was asked for, on top of what was asked for before.
    static func policy(_ values: ParsedValues, for location: LibraryLocation) async throws -> IndexPolicy? {
        guard let asked = policy(values), location.exists else { return policy(values) }
        let before = IndexPolicy(text: try await SkillLibrary(at: location).summary().indexPolicy)
        return IndexPolicy(kind: asked.kind ?? before.kind, precision: values[precision] ?? before.precision)
    }
}

extension IndexKind: CommandLineValue {}
extension VectorPrecision: CommandLineValue {}
