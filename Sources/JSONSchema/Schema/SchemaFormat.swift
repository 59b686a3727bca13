/// The written forms that `format` names, as far as they can be told by looking.
enum SchemaFormat {
    /// Whether a text has the form; true for forms that are not known.
    static func accepts(_ text: String, as name: String) -> Bool {
        let bytes = Array(text.utf8)
        switch name {
        case "date": return CalendarText(bytes).isDate
        case "time": return CalendarText(bytes).isTime
        case "date-time": return CalendarText(bytes).isDateTime
        case "email": return isEmail(bytes)
        case "hostname": return isHostname(bytes[...])
        case "ipv4": return isIPv4(bytes[...])
        case "ipv6": return isIPv6(bytes)
        case "uri": return isURI(bytes) && hasScheme(SchemaURI(text))
        case "uri-reference": return isURI(bytes)
        case "uuid": return isUUID(bytes)
        case "json-pointer": return isPointer(bytes)
        case "regex": return (try? Pattern(text)) != nil
        default: return true
        }
    }

    private static func isEmail(_ bytes: [UInt8]) -> Bool {
        guard let at = bytes.lastIndex(of: UInt8(ascii: "@")), (1...64).contains(at) else { return false }
        let local = bytes[..<at]
        let domain = bytes[(at + 1)...]
        let isQuoted = local.count > 2 && local.first == UInt8(ascii: "\"") && local.last == UInt8(ascii: "\"")
        if !isQuoted {
            guard local.first != UInt8(ascii: "."), local.last != UInt8(ascii: ".") else { return false }
            guard !zip(local, local.dropFirst()).contains(where: { $0 == UInt8(ascii: ".") && $1 == $0 }) else {
                return false
            }
            guard local.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !#"()<>[]:;@\,""#.utf8.contains($0) }) else {
                return false
            }
        }
        if domain.first == UInt8(ascii: "["), domain.last == UInt8(ascii: "]") {
            let inner = domain.dropFirst().dropLast()
            return inner.starts(with: "IPv6:".utf8) ? isIPv6(Array(inner.dropFirst(5))) : isIPv4(inner)
        }
        return isHostname(domain)
    }

    private static func isHostname(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard (1...253).contains(bytes.count) else { return false }
        return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
                && label.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") }
        }
    }

    private static func isIPv4(_ bytes: ArraySlice<UInt8>) -> Bool {
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                (1...3).contains(part.count) && part.allSatisfy(\.isDigit)
                    && (part.count == 1 || part.first != UInt8(ascii: "0"))
                    && UInt8(String(decoding: part, as: UTF8.self)) != nil
            }
    }

    private static func isIPv6(_ bytes: [UInt8]) -> Bool {
        guard
            let gap = zip(bytes, bytes.dropFirst()).enumerated().first(where: { $1.0 == $1.1 && $1.0 == colon })?.offset
        else { return groupCount(bytes[...], mayEndInIPv4: true) == 8 }
        guard let before = groupCount(bytes[..<gap], mayEndInIPv4: false),
            let after = groupCount(bytes[(gap + 2)...], mayEndInIPv4: true)
        else { return false }
        return before + after < 8
    }

    private static let colon = UInt8(ascii: ":")

    /// How many groups of 16 bits a part of an address has; nil when it is not written as one.
    private static func groupCount(_ bytes: ArraySlice<UInt8>, mayEndInIPv4: Bool) -> Int? {
        guard !bytes.isEmpty else { return 0 }
        var groups = bytes.split(separator: colon, omittingEmptySubsequences: false)
        var count = 0
        if mayEndInIPv4, let last = groups.last, isIPv4(last) {
            groups.removeLast()
            count = 2
        }
        let areGroups = groups.allSatisfy { (1...4).contains($0.count) && $0.allSatisfy(\.isHexadecimal) }
        return areGroups ? count + groups.count : nil
    }

    private static func isURI(_ bytes: [UInt8]) -> Bool {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%") {
                guard index + 2 < bytes.count, bytes[index + 1].isHexadecimal, bytes[index + 2].isHexadecimal else {
                    return false
                }
            }
            guard byte > 0x20, byte < 0x7F, !#""<>\^`{|}"#.utf8.contains(byte) else { return false }
            index += 1
        }
        return true
    }

    private static func hasScheme(_ address: SchemaURI) -> Bool {
        guard let scheme = address.scheme?.utf8, scheme.first?.isLetter == true else { return false }
        return scheme.allSatisfy { $0.isLetter || $0.isDigit || "+-.".utf8.contains($0) }
    }

    private static func isUUID(_ bytes: [UInt8]) -> Bool {
        bytes.count == 36
            && bytes.enumerated().allSatisfy { index, byte in
                [8, 13, 18, 23].contains(index) ? byte == UInt8(ascii: "-") : byte.isHexadecimal
            }
    }

    private static func isPointer(_ bytes: [UInt8]) -> Bool {
        guard bytes.isEmpty || bytes.first == UInt8(ascii: "/") else { return false }
        return bytes.indices.allSatisfy { index in
            bytes[index] != UInt8(ascii: "~")
                || (index + 1 < bytes.count
                    && (bytes[index + 1] == UInt8(ascii: "0") || bytes[index + 1] == UInt8(ascii: "1")))
        }
    }
}

extension UInt8 {
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }

    var isHexadecimal: Bool { isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20) }
}
