import JSONSchema

/// The members of one JSON object, read strictly; what does not fit names the file, the line and the member.
package struct RecordFields: Sendable {
    let object: JSONObject
    let file: String
    let line: Int?
    /// Where the object lies inside its document, for example `runs[0].slices`; empty at the top.
    let path: String

    init(_ object: JSONObject, file: String, line: Int? = nil, path: String = "") {
        self.object = object
        self.file = file
        self.line = line
        self.path = path
    }

    /// A fault of one member, said as what it must be.
    func fault(_ key: String, mustBe expectation: String) -> DataFault {
        let name = path.isEmpty ? key : "\(path).\(key)"
        let found = object[key].map { "is \(Self.excerpt($0))" } ?? "is missing"
        return DataFault(.malformed, file: file, line: line, "\"\(name)\" must be \(expectation), but \(found)")
    }

    /// Whether the member exists and is not null.
    func has(_ key: String) -> Bool { object[key].map { $0 != .null } ?? false }

    /// A text with at least one character that is not white space.
    func text(_ key: String) throws(DataFault) -> String {
        guard let text = object[key]?.stringValue, text.contains(where: { !$0.isWhitespace }) else {
            throw fault(key, mustBe: "a text that is not blank")
        }
        return text
    }

    /// A text, or nil where the member is absent or null.
    func optionalText(_ key: String) throws(DataFault) -> String? {
        guard has(key) else { return nil }
        guard let text = object[key]?.stringValue else { throw fault(key, mustBe: "a text or null") }
        return text
    }

    /// A list of texts, none of them blank; the list may be empty.
    func texts(_ key: String) throws(DataFault) -> [String] {
        guard let values = object[key]?.arrayValue else { throw fault(key, mustBe: "a list of texts") }
        let texts = values.compactMap { $0.stringValue }
        guard texts.count == values.count, texts.allSatisfy({ $0.contains { !$0.isWhitespace } }) else {
            throw fault(key, mustBe: "a list of texts, none of them blank")
        }
        return texts
    }

    func flag(_ key: String) throws(DataFault) -> Bool {
        guard let flag = object[key]?.boolValue else { throw fault(key, mustBe: "true or false") }
        return flag
    }

    /// A whole number, zero or more.
    func count(_ key: String) throws(DataFault) -> Int {
        guard let count = object[key]?.intValue, count >= 0 else {
            throw fault(key, mustBe: "a whole number, zero or more")
        }
        return count
    }

    func number(_ key: String) throws(DataFault) -> Double {
        guard let number = object[key]?.doubleValue else { throw fault(key, mustBe: "a number") }
        return number
    }

    /// Different whole numbers from 0 to below a bound.
    func indices(_ key: String, below bound: Int) throws(DataFault) -> [Int] {
        let values = object[key]?.arrayValue ?? []
        let indices = values.compactMap { $0.intValue }.filter { (0..<bound).contains($0) }
        guard has(key), indices.count == values.count, Set(indices).count == indices.count else {
            throw fault(key, mustBe: "a list of different whole numbers from 0 to below \(bound)")
        }
        return indices
    }

    /// One word out of a fixed set.
    func word<Word>(_ key: String) throws(DataFault) -> Word
    where Word: RawRepresentable<String> & CaseIterable {
        guard let word = object[key]?.stringValue.flatMap({ Word(rawValue: $0) }) else {
            throw fault(key, mustBe: "one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return word
    }

    /// The members of a nested object.
    func fields(_ key: String) throws(DataFault) -> RecordFields {
        guard let nested = object[key]?.objectValue else { throw fault(key, mustBe: "an object") }
        return RecordFields(nested, file: file, line: line, path: path.isEmpty ? key : "\(path).\(key)")
    }

    /// The objects of a nested list.
    func list(_ key: String) throws(DataFault) -> [RecordFields] {
        guard let values = object[key]?.arrayValue else { throw fault(key, mustBe: "a list of objects") }
        var fields: [RecordFields] = []
        for (index, value) in values.enumerated() {
            guard let nested = value.objectValue else { throw fault(key, mustBe: "a list of objects") }
            let place = (path.isEmpty ? key : "\(path).\(key)") + "[\(index)]"
            fields.append(RecordFields(nested, file: file, line: line, path: place))
        }
        return fields
    }

    /// The start of a value, short enough for a message.
    private static func excerpt(_ value: JSONValue) -> String {
        let text = value.serialized()
        return text.count <= 60 ? text : "\(text.prefix(57))…"
    }
}
