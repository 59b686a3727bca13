import JSONSchema

/// A JSON array in a model's reply, wherever it stands and however carelessly it is written.
///
/// What is valid is read as JSON. What is not is read element by element: commas at the end, single quotes, quotes and
/// line breaks inside strings, and an array that breaks off.
struct ReplyArray {
    /// The elements that could be read.
    let elements: [JSONValue]
    /// False where the reply ends before the array does.
    let isClosed: Bool

    /// The first array that has something to offer; one that has several elements to offer comes before it.
    ///
    /// - Parameter read: what an element offers; nil for one that is of no use.
    static func first<Value>(
        in text: some StringProtocol,
        reading read: (JSONValue) -> Value?
    ) -> (values: [Value], isClosed: Bool)? {
        let bytes = Array(text.utf8)
        var first: (values: [Value], isClosed: Bool)?
        var position = 0
        // Brackets that open and never close would each cost a pass over the rest of the reply.
        var budget = passes * bytes.count
        while budget > 0, let start = bytes[position...].firstIndex(of: UInt8(ascii: "[")) {
            let scan = ReplyArrayScan(bytes, from: start)
            budget -= scan.end - scan.start
            let array = ReplyArray(scan, of: bytes)
            let values = array.elements.compactMap(read)
            if values.count > 1 { return (values, array.isClosed) }
            if !values.isEmpty, first == nil { first = (values, array.isClosed) }
            // Arrays inside one of use are its own affair.
            position = values.isEmpty ? start + 1 : scan.end
        }
        return first
    }

    /// How often the reply may be looked through in all.
    private static let passes = 8

    private init(_ scan: ReplyArrayScan, of bytes: [UInt8]) {
        isClosed = scan.isClosed
        if scan.isClosed, let array = try? JSONParser.parse(utf8: Array(bytes[scan.start..<scan.end])).arrayValue {
            elements = array
        } else {
            elements = scan.elements.enumerated().compactMap { index, range in
                let isBroken = !scan.isClosed && index == scan.elements.count - 1
                return Self.element(bytes[range], isBroken: isBroken)
            }
        }
    }

    private static func element(_ text: ArraySlice<UInt8>, isBroken: Bool) -> JSONValue? {
        if let value = try? JSONParser.parse(utf8: Array(text)) { return value }
        guard let first = text.first else { return nil }
        switch first {
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            return string(text, quote: first, isBroken: isBroken)
        case UInt8(ascii: "{") where isBroken:
            // Whatever the object was cut off in, one of these closes it.
            for ending in ["\"}", "}"] {
                if let value = try? JSONParser.parse(utf8: Array(text) + Array(ending.utf8)) { return value }
            }
            return nil
        default: return nil
        }
    }

    /// A string between quotes of either kind; broken off, it counts from two words up.
    private static func string(_ text: ArraySlice<UInt8>, quote: UInt8, isBroken: Bool) -> JSONValue? {
        var content = text.dropFirst()
        if content.last == quote {
            content.removeLast()
        } else if !isBroken || !content.contains(UInt8(ascii: " ")) {
            return nil
        }
        var escaped: [UInt8] = [UInt8(ascii: "\"")]
        var index = content.startIndex
        while index < content.endIndex {
            let byte = content[index]
            let next = index + 1 < content.endIndex ? content[index + 1] : 0
            switch byte {
            case UInt8(ascii: "\\") where next == UInt8(ascii: "'"): break
            case UInt8(ascii: "\\") where next != 0:
                escaped += [byte, next]
                index += 1
            case UInt8(ascii: "\\"): break
            case UInt8(ascii: "\""): escaped += Array("\\\"".utf8)
            case 0..<0x20: escaped.append(0x20)
            default: escaped.append(byte)
            }
            index += 1
        }
        return try? JSONParser.parse(utf8: escaped + [UInt8(ascii: "\"")])
    }
}
