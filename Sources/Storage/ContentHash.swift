import COpenSSL

/// The SHA-256 of some content: equal content, equal hash, on every machine and in every version.
package struct ContentHash: Sendable, Hashable {
    /// 32 bytes.
    package let bytes: [UInt8]

    package init(of content: some Sequence<UInt8>) {
        self.init(ofBuffer: Array(content))
    }

    package init(of text: String) {
        self.init(ofBuffer: Array(text.utf8))
    }

    private init(ofBuffer content: [UInt8]) {
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        _ = SHA256(content, content.count, &digest)
        bytes = digest
    }

    /// Reads 64 lower-case hexadecimal digits; nil for anything else.
    package init?(hexadecimal text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 2 * Int(SHA256_DIGEST_LENGTH) else { return nil }
        var bytes: [UInt8] = []
        for place in stride(from: 0, to: digits.count, by: 2) {
            guard let high = Self.value(of: digits[place]), let low = Self.value(of: digits[place + 1]) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        self.bytes = bytes
    }

    /// 64 lower-case hexadecimal digits.
    package var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
