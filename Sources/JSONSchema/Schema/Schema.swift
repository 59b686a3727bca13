/// A JSON Schema, read once and checked against many values.
///
/// Drafts 2020-12 and 7 are understood, held to the official test suite. Nothing is ever fetched: a reference leads into
/// the schema itself or into a document given with it. `pattern` takes time linear in the text.
public struct Schema: Sendable {
    /// How values are checked.
    public struct Options: Sendable, Hashable {
        /// The dialect of a schema that does not name one with `$schema`.
        public var dialect = SchemaDialect.draft2020
        /// Whether `format` refuses values; by default it only describes them, as draft 2020-12 says.
        public var assertsFormats = false
        /// Violations that are collected before the check stops.
        public var maximumViolations = 20

        public init() {}
    }

    let nodes: [SchemaNode]
    let dynamicAnchors: [Int: [String: Int]]
    let tracksEvaluation: Bool
    let options: Options
    private let root: Int
    /// Parts of the schema that are not enforced, and why: expressions with look-ahead, for example.
    public let notes: [String]

    /// Reads a schema.
    ///
    /// - Parameter documents: other schemas that this one may refer to, by their addresses.
    /// - Throws: `SchemaError` that says where and why the schema is unusable.
    public init(
        _ document: JSONValue,
        documents: [String: JSONValue] = [:],
        options: Options = Options()
    ) throws(SchemaError) {
        var known = SchemaDocuments()
        for address in documents.keys.sorted() {
            guard let value = documents[address] else { continue }
            try known.add(value, at: SchemaURI(address), dialect: options.dialect)
        }
        let address = try known.add(document, at: SchemaURI(""), dialect: options.dialect)
        var compiler = SchemaCompiler(documents: known)
        root = try compiler.compile(address)
        nodes = compiler.nodes
        dynamicAnchors = compiler.dynamicAnchors
        tracksEvaluation = compiler.tracksEvaluation
        notes = compiler.notes
        self.options = options
    }

    /// What is wrong with a value; nothing when it is valid.
    public func violations(in value: JSONValue) -> [SchemaViolation] {
        var evaluation = SchemaEvaluation(schema: self, collectsViolations: true)
        _ = evaluation.check(value, against: root)
        return evaluation.violations
    }

    /// Whether a value is valid; faster than asking for the violations.
    public func accepts(_ value: JSONValue) -> Bool {
        var evaluation = SchemaEvaluation(schema: self, collectsViolations: false)
        return evaluation.check(value, against: root) != nil
    }
}
