import JSONSchema

/// Where the members of an object stand in a text of strict JSON that is known to be valid.
struct JSONMemberPlaces {
    /// One member, with the places of its bytes.
    struct Member: Sendable, Hashable {
        var name: String
        /// Where its name starts: at the quote.
        var start: Int
        var value: Range<Int>
    }

    /// Where the object opens.
    let open: Int
    /// Where it closes.
    private(set) var close: Int
    /// In the order of the text; a name may occur several times.
    private(set) var members: [Member] = []

    /// Nil where no object starts there, white space aside.
    init?(_ bytes: [UInt8], at start: Int = 0) {
        var reader = Reader(bytes: bytes, position: start)
        reader.skipSpace()
        guard reader.byte == UInt8(ascii: "{") else { return nil }
        open = reader.position
        close = open
        reader.position += 1
        while true {
            reader.skipSpace()
            if reader.byte == UInt8(ascii: ",") {
                reader.position += 1
                continue
            }
            guard reader.byte == UInt8(ascii: "\"") else { break }
            let place = reader.position
            reader.skipValue()
            let name = (try? JSONParser.parse(utf8: Array(bytes[place..<reader.position])))?.stringValue ?? ""
            reader.skipSpace()
            // The colon.
            reader.position += 1
            reader.skipSpace()
            let value = reader.position
            reader.skipValue()
            members.append(Member(name: name, start: place, value: value..<reader.position))
        }
        guard reader.byte == UInt8(ascii: "}") else { return nil }
        close = reader.position
    }

    /// The member that counts of those with a name: the last.
    func last(named name: String) -> Member? { members.last { $0.name == name } }

    /// Names that occur more than once, each once, in the order of their second occurrence.
    var duplicates: [String] {
        var seen: Set<String> = []
        var repeated: [String] = []
        for member in members where !seen.insert(member.name).inserted && !repeated.contains(member.name) {
            repeated.append(member.name)
        }
        return repeated
    }

    private struct Reader {
        let bytes: [UInt8]
        var position: Int

        var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

        mutating func skipSpace() {
            while let byte, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
        }

        /// Goes behind the value that starts here.
        mutating func skipValue() {
            switch byte {
            case UInt8(ascii: "\""): skipText()
            case UInt8(ascii: "{"), UInt8(ascii: "["): skipContainer()
            default:
                // A number, true, false or null.
                while let byte, ![0x20, 0x09, 0x0A, 0x0D].contains(byte), !Self.ends.contains(byte) { position += 1 }
            }
        }

        private static let ends: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]")]

        private mutating func skipContainer() {
            var depth = 0
            while let byte {
                switch byte {
                case UInt8(ascii: "\""):
                    skipText()
                    continue
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
                default: break
                }
                position += 1
                if depth == 0 { return }
            }
        }

        private mutating func skipText() {
            position += 1
            while let byte, byte != UInt8(ascii: "\"") { position += byte == UInt8(ascii: "\\") ? 2 : 1 }
            position = min(position + 1, bytes.count)
        }
    }
}
