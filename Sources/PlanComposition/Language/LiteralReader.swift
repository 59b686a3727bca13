/// Recognises values that stand in a text without quotes.
enum LiteralReader {
    /// What a run of characters without spaces is; nil for an ordinary word.
    static func read(_ text: String) -> Literal? {
        let bytes = Array(text.utf8)
        guard bytes.count > 1 || bytes.first.map(isDigit) == true else { return nil }
        if isURL(text, bytes) { return .url }
        if isEmailAddress(bytes) { return .emailAddress }
        if bytes.contains(where: isDigit) {
            if isDate(bytes) { return .date }
            if ClockTime(text) != nil { return .time }
            if let number = number(text) { return number }
            if isPhoneNumber(bytes) { return .phoneNumber }
        }
        if isPath(text, bytes) { return .path }
        return isCode(text, bytes) ? .code : nil
    }

    private static func isURL(_ text: String, _ bytes: [UInt8]) -> Bool {
        for scheme in ["http://", "https://", "ftp://", "s3://", "file://", "postgres://", "ws://", "wss://"] {
            if text.utf8.count > scheme.utf8.count, text.lowercased().hasPrefix(scheme) { return true }
        }
        return text.hasPrefix("www.") && bytes.count > 6
    }

    private static func isEmailAddress(_ bytes: [UInt8]) -> Bool {
        guard let at = bytes.firstIndex(of: UInt8(ascii: "@")), at > 0, at == bytes.lastIndex(of: UInt8(ascii: "@"))
        else { return false }
        let domain = bytes[(at + 1)...]
        guard let dot = domain.lastIndex(of: UInt8(ascii: ".")) else { return false }
        return dot > domain.startIndex && dot < domain.endIndex - 1
    }

    private static func isPath(_ text: String, _ bytes: [UInt8]) -> Bool {
        for start in ["/", "./", "../", "~/"] where text.hasPrefix(start) && text.utf8.count > start.utf8.count {
            return true
        }
        guard let dot = bytes.lastIndex(of: UInt8(ascii: ".")), dot > 0 else { return false }
        return fileEndings.contains(String(decoding: bytes[(dot + 1)...], as: UTF8.self).lowercased())
    }

    /// `2026-01-31`, `2026/01/31` or either with a time after `T`.
    private static func isDate(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 10, bytes[..<4].allSatisfy(isDigit), bytes[5..<7].allSatisfy(isDigit),
            bytes[8..<10].allSatisfy(isDigit), bytes[4] == bytes[7]
        else { return false }
        guard bytes[4] == UInt8(ascii: "-") || bytes[4] == UInt8(ascii: "/") else { return false }
        return bytes.count == 10 || bytes[10] == UInt8(ascii: "T")
    }

    /// `12`, `-3.5`, `1,000`, `20%`, `$99.90`, `5k` is not one.
    private static func number(_ text: String) -> Literal? {
        var digits = Substring(text)
        var unit = Literal.NumberUnit.none
        for sign in ["$", "€", "£", "¥"] where digits.hasPrefix(sign) {
            unit = .money
            digits = digits.dropFirst()
        }
        if digits.hasSuffix("%") {
            unit = .percent
            digits = digits.dropLast()
        }
        let grouped = digits.split(separator: ",", omittingEmptySubsequences: false)
        if grouped.count > 1, !grouped.dropFirst().allSatisfy({ $0.prefix { $0 != "." }.utf8.count == 3 }) {
            return nil
        }
        let plain = grouped.joined()
        guard let first = plain.utf8.first, isDigit(first) || first == UInt8(ascii: "-"), plain.utf8.count <= 18,
            plain.utf8.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }),
            let value = Double(plain)
        else { return nil }
        // Ten digits in a row name somebody, they count nothing.
        if unit == .none, plain.utf8.count >= 10, plain.utf8.allSatisfy(isDigit) { return .phoneNumber }
        return .number(value, unit)
    }

    private static func isPhoneNumber(_ bytes: [UInt8]) -> Bool {
        guard bytes.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }) else {
            return false
        }
        return (7...15).contains(bytes.count(where: isDigit))
    }

    /// Letters and digits mixed, or an at sign or number sign before a name.
    private static func isCode(_ text: String, _ bytes: [UInt8]) -> Bool {
        if let first = bytes.first, first == UInt8(ascii: "@") || first == UInt8(ascii: "#") { return bytes.count > 1 }
        guard bytes.allSatisfy({ $0 < 0x80 }), bytes.contains(where: isDigit) else { return false }
        let letters = bytes.count { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) }
        // `mp3` and `2nd` are words; what has several digits or capitals between is a code.
        return letters > 0 && (bytes.count(where: isDigit) > 1 && bytes.count > 3)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static let fileEndings: Set<String> = [
        "csv", "tsv", "json", "jsonl", "txt", "md", "html", "htm", "xml", "yaml", "yml", "pdf", "doc", "docx", "xls",
        "xlsx", "ppt", "pptx", "png", "jpg", "jpeg", "gif", "svg", "webp", "mp3", "wav", "mp4", "mov", "avi", "mkv",
        "zip", "tar", "gz", "sql", "db", "sqlite", "parquet", "py", "js", "ts", "swift", "go", "rs", "java", "sh",
        "ipynb", "log", "ini", "toml", "conf",
    ]
}
