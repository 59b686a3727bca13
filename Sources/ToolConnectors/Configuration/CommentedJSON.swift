package import JSONSchema

/// JSON as editors keep it in their settings: with comments, and with commas after the last member.
///
/// A byte order mark is passed over. What is not a comment or such a comma is read strictly.
package struct CommentedJSON: Sendable, Hashable {
    /// The text as it was written.
    package let bytes: [UInt8]
    /// The same text with spaces in place of comments, of commas that end a list, and of a byte order mark.
    ///
    /// It has the same length, so that places in one are places in the other.
    package let strict: [UInt8]
    package let value: JSONValue

    package init(_ bytes: [UInt8]) throws(JSONSyntaxError) {
        self.bytes = bytes
        var scanner = CommentScanner(bytes)
        strict = scanner.strict()
        value = try JSONParser.parse(utf8: strict)
    }
}

/// Finds what strict JSON does not allow, outside of texts.
private struct CommentScanner {
    private let bytes: [UInt8]
    private var result: [UInt8]
    private var position = 0
    /// Where the last byte that is neither space nor comment stands, and the one before it.
    private var last: Int?
    private var beforeLast: Int?

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        result = bytes
    }

    mutating func strict() -> [UInt8] {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { blank(to: 3) }
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""): skipText()
            case UInt8(ascii: "/") where next == UInt8(ascii: "/"):
                blank(to: bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count)
            case UInt8(ascii: "/") where next == UInt8(ascii: "*"): blank(to: endOfBlock)
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                dropComma()
                note()
                position += 1
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default:
                note()
                position += 1
            }
        }
        return result
    }

    private var next: UInt8? { position + 1 < bytes.count ? bytes[position + 1] : nil }

    private mutating func note() {
        beforeLast = last
        last = position
    }

    private mutating func skipText() {
        note()
        position += 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        position = min(position + 1, bytes.count)
    }

    /// Behind the end of the comment that starts here. One that never ends is left for the parser to complain about.
    private var endOfBlock: Int {
        var place = position + 2
        while place + 1 < bytes.count {
            if bytes[place] == UInt8(ascii: "*"), bytes[place + 1] == UInt8(ascii: "/") { return place + 2 }
            place += 1
        }
        return position
    }

    private mutating func blank(to end: Int) {
        guard end > position else {
            note()
            position += 1
            return
        }
        for place in position..<end where bytes[place] != UInt8(ascii: "\n") && bytes[place] != UInt8(ascii: "\r") {
            result[place] = 0x20
        }
        position = end
    }

    /// A comma before a closing bracket ends the list; one that follows nothing stays, and is a fault.
    private mutating func dropComma() {
        guard let last, bytes[last] == UInt8(ascii: ","), let beforeLast else { return }
        let before = bytes[beforeLast]
        guard before != UInt8(ascii: "["), before != UInt8(ascii: "{"), before != UInt8(ascii: ",") else { return }
        result[last] = 0x20
    }
}
