extension HTTPHeaders {
    /// What a name may consist of (RFC 9110, 5.6.2); not empty.
    package static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
                    UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
                    UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
                    true
                default: false
                }
            }
    }

    /// A value that stays on its line: no control character but the tab.
    package static func isValue(_ text: String) -> Bool {
        text.utf8.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }
    }

    /// What is wrong with the fields of a request, in words; nil where nothing is.
    ///
    /// Names and values that would end their line are refused, so that no text can smuggle a field in. How long a
    /// message is and how it is transferred is for the transport alone to say.
    package var fault: String? {
        for field in fields {
            guard Self.isToken(field.name) else { return "a header's name is empty or holds a character it may not" }
            guard Self.isValue(field.value) else {
                return "the header \(field.name) holds a line break or control character"
            }
            for name in ["Content-Length", "Transfer-Encoding", "Connection", "Upgrade", "TE", "Trailer", "Expect"]
            where Self.areEqual(name, field.name) {
                return "the header \(name) is set by the transport itself"
            }
        }
        return nil
    }
}
