/// Where an array in a reply ends and where its elements are, found without trusting that it is JSON.
///
/// A quote ends a string only where something can follow a string, so that unescaped quotes inside one do no harm; in
/// valid JSON there are none, and the scan finds just what a parser would.
struct ReplyArrayScan {
    let start: Int
    /// Behind the closing bracket, or the end of the reply.
    private(set) var end: Int
    private(set) var isClosed = false
    /// The elements' bytes, without white space around them; empty ones are left out.
    private(set) var elements: [Range<Int>] = []

    /// - Parameter start: index of the opening bracket.
    init(_ bytes: [UInt8], from start: Int) {
        self.start = start
        end = bytes.count
        var depth = 1
        var elementStart = start + 1
        var expectsValue = true
        var index = start + 1
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""):
                index = Self.stringEnd(bytes, from: index)
                expectsValue = false
                continue
            case UInt8(ascii: "'") where expectsValue:
                index = Self.stringEnd(bytes, from: index)
                expectsValue = false
                continue
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                expectsValue = true
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
                expectsValue = false
                if depth == 0 {
                    add(elementStart..<index, bytes)
                    end = index + 1
                    isClosed = true
                    return
                }
            case UInt8(ascii: ","):
                expectsValue = true
                if depth == 1 {
                    add(elementStart..<index, bytes)
                    elementStart = index + 1
                }
            case UInt8(ascii: ":"): expectsValue = true
            case 0x20, 0x09, 0x0A, 0x0D: break
            default: expectsValue = false
            }
            index += 1
        }
        add(elementStart..<bytes.count, bytes)
    }

    private mutating func add(_ range: Range<Int>, _ bytes: [UInt8]) {
        var range = range
        while let last = range.last, Self.isBlank(bytes[last]) { range.removeLast() }
        while let first = range.first, Self.isBlank(bytes[first]) { range.removeFirst() }
        if !range.isEmpty { elements.append(range) }
    }

    /// Behind the quote that ends the string, or the end of the reply.
    private static func stringEnd(_ bytes: [UInt8], from start: Int) -> Int {
        let quote = bytes[start]
        var index = start + 1
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\\") {
                index += 2
                continue
            }
            index += 1
            if bytes[index - 1] == quote, canFollowString(bytes, index) { return index }
        }
        return bytes.count
    }

    private static func canFollowString(_ bytes: [UInt8], _ start: Int) -> Bool {
        var index = start
        while index < bytes.count, isBlank(bytes[index]) { index += 1 }
        guard index < bytes.count else { return true }
        return ",]}:".utf8.contains(bytes[index])
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }
}
