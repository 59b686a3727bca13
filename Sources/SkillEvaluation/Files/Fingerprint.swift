/// A short name for some content, to notice that it changed; no protection against forgery (FNV-1a, 64 bits).
package struct Fingerprint: Sendable, Hashable, CustomStringConvertible {
    package let value: UInt64

    package init(of content: some Sequence<UInt8>) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in content {
            hash ^= UInt64(byte)
            hash &*= 0x0000_0100_0000_01b3
        }
        value = hash
    }

    package init(of text: String) { self.init(of: text.utf8) }

    /// 16 lower-case hexadecimal digits.
    package var description: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
