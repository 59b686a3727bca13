/// What each system that took part in a trace wants to be told again, passed on as it came (W3C Trace Context, 3.3).
package struct TraceState: Sendable, Hashable, CustomStringConvertible {
    /// Most members a list may have; a longer one is no list.
    static let maximumCount = 32
    /// Most bytes that are passed on.
    static let maximumLength = 8 << 10

    /// The members in order, the latest first.
    package let entries: [String]

    package init() { entries = [] }

    /// Reads `key=value` members between commas; nil where one is broken or a key comes twice.
    package init?(_ text: String) {
        guard text.utf8.count <= Self.maximumLength else { return nil }
        var entries: [String] = []
        var keys: Set<Substring> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: true) {
            let member = Self.trimmed(part)
            guard !member.isEmpty else { continue }
            guard let sign = member.utf8.firstIndex(of: UInt8(ascii: "=")), Self.isKey(member[..<sign]),
                Self.isValue(member[member.utf8.index(after: sign)...]), keys.insert(member[..<sign]).inserted
            else { return nil }
            entries.append(String(member))
        }
        guard entries.count <= Self.maximumCount else { return nil }
        self.entries = entries
    }

    package var isEmpty: Bool { entries.isEmpty }
    package var description: String { entries.joined(separator: ",") }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while let first = text.utf8.first, first == 0x20 || first == 0x09 { text = text.dropFirst() }
        while let last = text.utf8.last, last == 0x20 || last == 0x09 { text = text.dropLast() }
        return text
    }

    private static func isKey(_ key: Substring) -> Bool {
        guard let first = key.utf8.first, key.utf8.count <= 256 else { return false }
        func isLetterOrDigit(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        guard isLetterOrDigit(first) else { return false }
        return key.utf8.filter { $0 == UInt8(ascii: "@") }.count <= 1
            && key.utf8.allSatisfy { isLetterOrDigit($0) || "_-*/@".utf8.contains($0) }
    }

    private static func isValue(_ value: Substring) -> Bool {
        guard let last = value.utf8.last, last != 0x20, value.utf8.count <= 256 else { return false }
        return value.utf8.allSatisfy {
            (0x20...0x7E).contains($0) && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "=")
        }
    }
}
