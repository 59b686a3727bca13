/// Makes requests nobody would write, the same ones from the same seed.
struct RequestGenerator {
    private var state: UInt64

    private static let pieces = [
        "download the data", "and", "then", "Please", "could you", "it", "them", "flights", "search", "1.", "2)", "- ",
        "\n",
        "\n\n", ",", ";", ":", ".", "!", "?", "...", "\"", "'", "`", "```", "(", ")", "[", "]", "{", "}", "\u{201C}",
        "\u{201D}",
        "https://a.b/c,d", "x@y.zz", "a.m.", "Dr.", "U.S.", "3.5", "1,000", "note.txt", "/tmp/x", "\\", "\u{0}",
        "\u{301}",
        "\u{200B}", "\u{FEFF}", "\u{1F468}\u{200D}\u{1F469}", "数据", "，", "。", "、", "然后", "données", "puis", "затем",
        "\u{2028}", "\t", "\r\n", "before", "sending", "as well as", "I need help with", "first", "finally", "for me",
        "&",
        "->", "\u{2192}", "\u{2014}", "-", "use", "ensure that", "if", "after", "frobnicate", "the", "clean",
        "\u{10FFFF}",
    ]

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func request() -> String {
        let count = next(40)
        var request = ""
        for _ in 0...count {
            switch next(12) {
            case 0: request.unicodeScalars.append(scalar())
            case 1: request += Self.pieces[next(Self.pieces.count)]
            default: request += Self.pieces[next(Self.pieces.count)] + " "
            }
        }
        return request
    }

    private mutating func scalar() -> Unicode.Scalar {
        Unicode.Scalar(UInt32(next(0x11_0000))) ?? "\u{FFFD}"
    }

    /// Xorshift: fast, and the same everywhere.
    private mutating func next(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state >> 33) % bound
    }
}
