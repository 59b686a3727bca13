/// Which trace a span belongs to: 16 bytes, never all zero.
package struct TraceID: Sendable, Hashable, CustomStringConvertible {
    package let high: UInt64
    package let low: UInt64

    package init?(high: UInt64, low: UInt64) {
        guard high | low != 0 else { return nil }
        self.high = high
        self.low = low
    }

    /// Reads 32 hexadecimal digits in lower case; nil for anything else.
    package init?(_ hex: some StringProtocol) {
        guard hex.utf8.count == 32 else { return nil }
        let middle = hex.utf8.index(hex.startIndex, offsetBy: 16)
        guard let high = Hexadecimal.value(hex.utf8[..<middle]), let low = Hexadecimal.value(hex.utf8[middle...])
        else { return nil }
        self.init(high: high, low: low)
    }

    static func random() -> TraceID {
        var random = SystemRandomNumberGenerator()
        return TraceID(high: random.next(), low: random.next() | 1) ?? .random()
    }

    package var description: String { Hexadecimal.text(high) + Hexadecimal.text(low) }
}

/// Which span of a trace: 8 bytes, never all zero.
package struct SpanID: Sendable, Hashable, CustomStringConvertible {
    package let value: UInt64

    package init?(_ value: UInt64) {
        guard value != 0 else { return nil }
        self.value = value
    }

    /// Reads 16 hexadecimal digits in lower case; nil for anything else.
    package init?(_ hex: some StringProtocol) {
        guard hex.utf8.count == 16, let value = Hexadecimal.value(hex.utf8) else { return nil }
        self.init(value)
    }

    static func random() -> SpanID {
        var random = SystemRandomNumberGenerator()
        return SpanID(random.next()) ?? .random()
    }

    package var description: String { Hexadecimal.text(value) }
}
