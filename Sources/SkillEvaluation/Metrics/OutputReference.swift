package import JSONSchema

/// A mention of an earlier step's output inside an argument, written `$var2.price$`: field `price` of step 2.
package struct OutputReference: Sendable, Hashable {
    /// Position of the step whose output is meant, from 0.
    package let step: Int
    /// The path inside the output; nil where the whole output is meant.
    package let field: String?

    package init(step: Int, field: String?) {
        self.step = step
        self.field = field
    }

    /// The reference as arguments write it.
    package var notation: String { "$var\(step + 1)" + (field.map { ".\($0)" } ?? "") + "$" }

    /// Every reference in a value, in the order of its text.
    package static func all(in value: JSONValue) -> [OutputReference] {
        switch value {
        case .string(let text): Template(text).references
        case .array(let elements): elements.flatMap(all)
        case .object(let members): members.flatMap { all(in: $0.value) }
        case .null, .bool, .integer, .number: []
        }
    }

    /// The value with every reference pointing to another step; a reference to a step without one is marked unknown.
    static func redirecting(_ value: JSONValue, step: (Int) -> Int?) -> JSONValue {
        switch value {
        case .string(let text): .string(Template(text).redirected(step))
        case .array(let elements): .array(elements.map { redirecting($0, step: step) })
        case .object(let members): .object(JSONObject(members.map { ($0.key, redirecting($0.value, step: step)) }))
        case .null, .bool, .integer, .number: value
        }
    }
}

/// A text cut into plain pieces and references.
private struct Template {
    enum Piece {
        case plain(String)
        case reference(OutputReference)
    }

    private(set) var pieces: [Piece] = []

    /// Text between two dollar signs that is no reference stays plain.
    init(_ text: String) {
        let bytes = Array(text.utf8)
        let dollar = UInt8(ascii: "$")
        var plainStart = 0
        var position = 0
        while let start = bytes[position...].firstIndex(of: dollar) {
            guard let end = bytes[(start + 1)...].firstIndex(of: dollar) else { break }
            if let reference = Self.reference(bytes[(start + 1)..<end]) {
                append(bytes[plainStart..<start])
                pieces.append(.reference(reference))
                plainStart = end + 1
                position = end + 1
            } else {
                position = end
            }
        }
        append(bytes[plainStart...])
    }

    var references: [OutputReference] {
        pieces.compactMap { if case .reference(let reference) = $0 { reference } else { nil } }
    }

    func redirected(_ step: (Int) -> Int?) -> String {
        pieces.map { piece in
            switch piece {
            case .plain(let text): text
            case .reference(let reference):
                step(reference.step).map { OutputReference(step: $0, field: reference.field).notation } ?? "$unknown$"
            }
        }
        .joined()
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>) {
        if !bytes.isEmpty { pieces.append(.plain(String(decoding: bytes, as: UTF8.self))) }
    }

    /// `var2.price` or `var2`.
    private static func reference(_ inner: ArraySlice<UInt8>) -> OutputReference? {
        guard inner.starts(with: Array("var".utf8)) else { return nil }
        let rest = inner.dropFirst(3)
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard let number = Int(String(decoding: digits, as: UTF8.self)), number >= 1 else { return nil }
        let field = rest.dropFirst(digits.count)
        if field.isEmpty { return OutputReference(step: number - 1, field: nil) }
        guard field.first == UInt8(ascii: "."), field.count > 1 else { return nil }
        return OutputReference(step: number - 1, field: String(decoding: field.dropFirst(), as: UTF8.self))
    }
}
