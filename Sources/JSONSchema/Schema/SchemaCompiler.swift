/// Turns documents into nodes: each schema once, with its references followed.
struct SchemaCompiler {
    var documents: SchemaDocuments
    private(set) var nodes: [SchemaNode] = []
    /// Dynamic anchors of each document, by its number.
    private(set) var dynamicAnchors: [Int: [String: Int]] = [:]
    /// What is not enforced, and why.
    private(set) var notes: [String] = []
    private(set) var tracksEvaluation = false

    private var numbers: [Place: Int] = [:]
    private var pending: [(place: Place, number: Int)] = []

    /// A schema in a document.
    struct Place: Hashable {
        var document: String
        var pointer: JSONPointer

        var description: String { document.isEmpty ? "\(pointer)" : "\(document)#\(pointer)" }

        func appending(_ tokens: String...) -> Place {
            Place(document: document, pointer: JSONPointer(tokens: pointer.tokens + tokens))
        }
    }

    /// Most schemas one document may have, references included.
    static let maximumNodes = 50_000

    init(documents: SchemaDocuments) { self.documents = documents }

    /// Compiles a document and all that it refers to. Returns the number of its root.
    mutating func compile(_ document: String) throws(SchemaError) -> Int {
        let root = try number(of: Place(document: document, pointer: JSONPointer()))
        while let next = pending.popLast() {
            nodes[next.number] = try node(at: next.place)
            try enter(next.place.document)
        }
        return root
    }

    /// Compiles what dynamic references may find in a document, once one of its schemas is in use.
    private mutating func enter(_ name: String) throws(SchemaError) {
        guard let document = documents.roots[name], dynamicAnchors[document.number] == nil else { return }
        dynamicAnchors[document.number] = [:]
        for (anchor, pointer) in document.dynamicAnchors {
            let schema = try number(of: Place(document: name, pointer: pointer))
            dynamicAnchors[document.number]?[anchor] = schema
        }
    }

    /// The number of a schema, which is compiled later where that was not done yet.
    mutating func number(of place: Place) throws(SchemaError) -> Int {
        let place = try canonical(place)
        if let known = numbers[place] { return known }
        guard nodes.count < Self.maximumNodes else {
            throw SchemaError(.tooLarge, at: place.description, "more than \(Self.maximumNodes) sub-schemas")
        }
        let number = nodes.count
        nodes.append(SchemaNode())
        numbers[place] = number
        pending.append((place, number))
        return number
    }

    mutating func note(_ text: String, at place: Place) { notes.append("\(place.description): \(text)") }

    /// The place seen from the innermost document that holds it.
    private func canonical(_ place: Place) throws(SchemaError) -> Place {
        guard let root = documents.roots[place.document] else {
            throw SchemaError(.unresolvedReference, at: place.description, "there is no such document")
        }
        var value = root.value
        var dialect = root.dialect
        var result = Place(document: place.document, pointer: JSONPointer())
        for token in place.pointer.tokens {
            guard let inner = value.child(token) else {
                throw SchemaError(.unresolvedReference, at: place.description, "nothing is there")
            }
            value = inner
            result.pointer = result.pointer.appending(token)
            if let identifier = SchemaDocuments.identifier(of: value, dialect) {
                let address = SchemaURI(result.document).resolving(identifier).document
                if let embedded = documents.roots[address], embedded.value == value {
                    result = Place(document: address, pointer: JSONPointer())
                    dialect = embedded.dialect
                }
            }
        }
        return result
    }

    private mutating func node(at place: Place) throws(SchemaError) -> SchemaNode {
        guard let document = documents.roots[place.document], let value = document.value[place.pointer] else {
            throw SchemaError(.unresolvedReference, at: place.description, "nothing is there")
        }
        var node = SchemaNode()
        node.resource = document.number
        switch value {
        case .bool(let accepts): node.refusesAll = !accepts
        case .object(let members):
            if let reference = members["$ref"], document.dialect.referenceHidesSiblings {
                node.applicators = [.reference(try target(of: reference, at: place))]
            } else {
                if usesValidation(document) {
                    node.assertions = try assertions(of: members, at: place, dialect: document.dialect)
                }
                node.applicators = try applicators(of: members, at: place, dialect: document.dialect)
                if node.applicators.contains(where: \.comesLast) { tracksEvaluation = true }
            }
        default:
            throw SchemaError(
                .malformed,
                at: place.description,
                "a schema is an object or a Boolean, not \(value.typeName)"
            )
        }
        return node
    }

    /// Whether keywords assert anything: a dialect of its own may leave that vocabulary out.
    private func usesValidation(_ document: SchemaDocuments.Document) -> Bool {
        guard let dialect = document.value["$schema"]?.stringValue, SchemaDialect(identifier: dialect) == nil,
            let vocabulary = documents.roots[SchemaURI(dialect).document]?.value["$vocabulary"]?.objectValue
        else { return true }
        return vocabulary.keys.contains { $0.hasSuffix("/vocab/validation") }
    }

    /// The schema that a reference leads to.
    mutating func target(of reference: JSONValue, at place: Place) throws(SchemaError) -> Int {
        guard let text = reference.stringValue else {
            throw SchemaError(.malformed, at: place.description, "a reference is a text, not \(reference.typeName)")
        }
        let address = SchemaURI(place.document).resolving(text)
        let fragment = address.decodedFragment
        guard let document = documents.roots[address.document] else {
            throw SchemaError(
                .unresolvedReference,
                at: place.description,
                "'\(text)' is in a document that is not at hand; documents are never fetched"
            )
        }
        if let pointer = JSONPointer(fragment) {
            return try number(of: Place(document: address.document, pointer: pointer))
        }
        guard let pointer = document.anchors[fragment] else {
            throw SchemaError(.unresolvedReference, at: place.description, "'\(text)' names no anchor of its document")
        }
        return try number(of: Place(document: address.document, pointer: pointer))
    }
}
