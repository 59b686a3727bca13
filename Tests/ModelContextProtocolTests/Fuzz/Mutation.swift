import TestSupport

/// Changes bytes in the ways that hurt parsers.
struct Mutation {
    private var random: SeededGenerator
    private static let splinters: [[UInt8]] =
        [
            "\"", "\\", "{", "}", "[", "]", ",", ":", "null", "-", "1e999", "\\ud800", "\u{0}", "\r\n", "\n", "\t",
            "=?base64?",
            "2026-07-28", "\"id\":null", "\"method\":1", "_meta", "\u{FEFF}", "\u{202E}", "9223372036854775808",
            "[[[[[[[[", "Content-Length: -1\r\n",
            "Transfer-Encoding: chunked\r\n", " HTTP/9.9", "%00", "data: ", "\n\n", "event: x",
        ].map { Array($0.utf8) } + [[0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80], [UInt8](repeating: 0x41, count: 5_000)]

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &random)]
    }

    mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }

    /// One to four changes.
    mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...number(0..<4) {
            guard !bytes.isEmpty else { return bytes }
            let place = number(0..<bytes.count)
            let end = min(bytes.count, place + number(1..<40))
            switch number(0..<7) {
            case 0: bytes[place] ^= 1 << UInt8(number(0..<8))
            case 1: bytes.removeSubrange(place..<end)
            case 2: bytes.insert(contentsOf: Array(bytes[place..<end]), at: place)
            case 3: bytes.insert(contentsOf: pick(Self.splinters), at: place)
            case 4: bytes.replaceSubrange(place..<end, with: pick(Self.splinters))
            case 5: bytes.removeSubrange(place...)
            default: bytes.swapAt(place, number(0..<bytes.count))
            }
        }
        return bytes
    }
}
