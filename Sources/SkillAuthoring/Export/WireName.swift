import Storage

/// Names of tools as protocols for models allow them: `^[A-Za-z0-9_-]{1,64}$`.
enum WireName {
    /// A tool's own name where it fits, else one made of it that no other tool has.
    static func make(of name: String) -> String {
        if name.utf8.allSatisfy(isAllowed), (1...64).contains(name.utf8.count) { return name }
        let plain = name.utf8.map { isAllowed($0) ? $0 : UInt8(ascii: "_") }
        return String(decoding: plain.prefix(55), as: UTF8.self) + "_" + ContentHash(of: name).hexadecimal.prefix(8)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
