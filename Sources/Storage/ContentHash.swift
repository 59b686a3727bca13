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
}
