import HTTPTransport

/// Finds what looks like a secret in a text of any kind, by what stands before it.
///
/// `Bearer …` and `Basic …`; the user and password of an address; the value after a name that `Redaction` knows, in a
/// query, a header line, a JSON text or an assignment; tokens that say by their first letters what they are.
enum SecretPatterns {
    /// First letters of tokens, each followed by at least `minimumTokenLength` letters and digits.
    private static let tokenStarts = [
        "sk-", "sw_", "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "AKIA", "eyJ",
    ].map { Array($0.utf8) }
    private static let minimumTokenLength = 12
    private static let schemes = ["bearer", "basic"].map { Array($0.utf8) }
    private static let mark = Array(Redaction.mark.utf8)

    /// Whether a field of that name holds a secret; `http.code` and the like do not.
    static func isSecretName(_ name: String) -> Bool {
        let last = name.split(separator: ".").last.map(String.init) ?? name
        return last.utf8.count > 4 && Redaction.hidesQueryItem(last)
    }

    static func hidden(in text: String) -> String {
        var scanner = Scanner(Array(text.utf8))
        scanner.run()
        return scanner.isChanged ? String(decoding: scanner.output, as: UTF8.self) : text
    }

    private struct Scanner {
        let bytes: [UInt8]
        var output: [UInt8] = []
        var isChanged = false
        private var index = 0

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
            output.reserveCapacity(bytes.count)
        }

        mutating func run() {
            while index < bytes.count {
                let isStart = index == 0 || !isWord(bytes[index - 1])
                if isStart, hideScheme() || hideToken() { continue }
                if bytes[index] == UInt8(ascii: ":"), hideUserinfo() { continue }
                if bytes[index] == UInt8(ascii: "=") || bytes[index] == UInt8(ascii: ":"), hideNamed() { continue }
                copy(1)
            }
        }

        private mutating func copy(_ count: Int) {
            output += bytes[index..<min(bytes.count, index + count)]
            index += count
        }

        private mutating func hide(upTo end: Int) {
            output += mark
            isChanged = true
            index = end
        }

        /// `Bearer abc`, in any case.
        private mutating func hideScheme() -> Bool {
            for scheme in schemes where matches(scheme, at: index, ignoringCase: true) {
                var start = index + scheme.count
                guard start < bytes.count, isBlank(bytes[start]) else { continue }
                while start < bytes.count, isBlank(bytes[start]) { start += 1 }
                let end = run(from: start) { isToken($0) }
                // A short word after it is prose: "basic idea".
                guard end - start >= 6, scheme.count == 6 || end - start >= 8, looksRandom(start..<end) else {
                    continue
                }
                copy(start - index)
                hide(upTo: end)
                return true
            }
            return false
        }

        /// `sk-…` and others.
        private mutating func hideToken() -> Bool {
            for start in tokenStarts where matches(start, at: index, ignoringCase: false) {
                let end = run(from: index + start.count) { isToken($0) }
                guard end - index - start.count >= minimumTokenLength else { continue }
                hide(upTo: end)
                return true
            }
            return false
        }

        /// `://user:password@`.
        private mutating func hideUserinfo() -> Bool {
            guard matches(Array("://".utf8), at: index, ignoringCase: false) else { return false }
            let start = index + 3
            let end = run(from: start) { !isBlank($0) && !"/?#\"'<>\\".utf8.contains($0) && $0 > 0x20 }
            guard let at = bytes[start..<end].lastIndex(of: UInt8(ascii: "@")), at > start else { return false }
            copy(3)
            hide(upTo: at)
            return true
        }

        /// `token=abc`, `"token": "abc"`, `X-Api-Key: abc`.
        private mutating func hideNamed() -> Bool {
            var nameEnd = index
            while nameEnd > 0, isAround(bytes[nameEnd - 1]) { nameEnd -= 1 }
            var nameStart = nameEnd
            while nameStart > 0, isWord(bytes[nameStart - 1]), nameEnd - nameStart < 64 { nameStart -= 1 }
            guard nameStart < nameEnd else { return false }
            let name = String(decoding: bytes[nameStart..<nameEnd], as: UTF8.self)
            let isHeader = bytes[index] == UInt8(ascii: ":")
            guard hides(name, isHeader: isHeader) else { return false }
            // A short name is one only where it stands as in a query.
            guard name.utf8.count > 4 || nameEnd == index else { return false }
            var start = index + 1
            while start < bytes.count, isAround(bytes[start]), !isQuote(bytes[start]) { start += 1 }
            guard start < bytes.count else { return false }
            if isQuote(bytes[start]) {
                let quote = bytes[start]
                start += 1
                let end = run(from: start) { $0 != quote && $0 != UInt8(ascii: "\\") }
                guard end > start else { return false }
                copy(start - index)
                hide(upTo: end)
                return true
            }
            guard !matches(mark, at: start, ignoringCase: false) else { return false }
            // A header's value may have several words: `Authorization: Digest a, b`.
            let lowered = name.lowercased()
            let isLine = isHeader && (lowered.hasSuffix("authorization") || lowered.hasSuffix("cookie"))
            let end = run(from: start) { byte in
                isLine ? byte >= 0x20 && !isQuote(byte) : byte > 0x20 && !"&;,\"'<>)}]\\".utf8.contains(byte)
            }
            // Numbers are counts of tokens, not tokens; words are kept where they are a key of an object.
            guard end > start, bytes[start..<end].contains(where: { !isDigit($0) && $0 != 0x2E }) || end - start > 8
            else { return false }
            copy(start - index)
            hide(upTo: end)
            return true
        }

        private func hides(_ name: String, isHeader: Bool) -> Bool {
            // `code: 404`, `key: value` are prose; as items of a query they are secrets.
            if isHeader { return Redaction.hidesHeader(name) || name.count > 4 && Redaction.hidesQueryItem(name) }
            return Redaction.hidesQueryItem(name)
        }

        private func run(from start: Int, while isPart: (UInt8) -> Bool) -> Int {
            var end = min(start, bytes.count)
            while end < bytes.count, isPart(bytes[end]) { end += 1 }
            return end
        }

        private func matches(_ text: [UInt8], at start: Int, ignoringCase: Bool) -> Bool {
            guard start + text.count <= bytes.count else { return false }
            for offset in text.indices {
                let byte = bytes[start + offset]
                guard text[offset] == (ignoringCase ? byte | 0x20 : byte) else { return false }
            }
            return true
        }

        /// With a digit or a capital within: no word of a sentence.
        private func looksRandom(_ range: Range<Int>) -> Bool {
            range.count >= 16 || bytes[range].dropFirst().contains { isDigit($0) || (0x41...0x5A).contains($0) }
        }

        private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
        private func isAround(_ byte: UInt8) -> Bool { isBlank(byte) || isQuote(byte) || byte == UInt8(ascii: "\\") }
        private func isQuote(_ byte: UInt8) -> Bool { byte == 0x22 || byte == 0x27 }
        private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

        private func isWord(_ byte: UInt8) -> Bool {
            isDigit(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
                || byte == 0x2D
        }

        private func isToken(_ byte: UInt8) -> Bool { isWord(byte) || ".+/=~".utf8.contains(byte) }
    }
}
