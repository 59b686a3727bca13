import SkillCatalog

/// Makes names that models and programs accept out of what documents call things.
enum ToolNaming {
    /// Letters, digits, `_` and `-`; every run of something else becomes one underscore. At most 64 bytes, maybe none.
    static func identifier(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                bytes.append(byte)
            default: if !bytes.isEmpty, bytes.last != UInt8(ascii: "_") { bytes.append(UInt8(ascii: "_")) }
            }
            if bytes.count == SkillLimits.toolName { break }
        }
        while bytes.last == UInt8(ascii: "_") || bytes.last == UInt8(ascii: "-") { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Lower-case letters, digits and single hyphens, as names of skills are; at most 64 bytes, maybe none.
    static func slug(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): bytes.append(byte)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
            default: if !bytes.isEmpty, bytes.last != UInt8(ascii: "-") { bytes.append(UInt8(ascii: "-")) }
            }
            if bytes.count == SkillLimits.name { break }
        }
        while bytes.last == UInt8(ascii: "-") { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A name for an environment variable.
    static func variable(_ text: String) -> String {
        let name = identifier(text).uppercased().replacing("-", with: "_")
        return name.first?.isNumber == true ? "API_" + name : name
    }
}

/// Names of which no two are the same.
struct UniqueNames {
    private var taken: Set<String>
    /// The last number given to a name, so that many of one name take no longer than many names.
    private var numbers: [String: Int] = [:]

    init(_ taken: Set<String> = []) { self.taken = taken }

    /// The name, or one with a number behind it; never longer than 64 bytes.
    mutating func claim(_ name: String) -> String {
        if taken.insert(name).inserted { return name }
        var number = numbers[name] ?? 1
        while true {
            number += 1
            let suffix = "_\(number)"
            let candidate =
                String(decoding: name.utf8.prefix(SkillLimits.toolName - suffix.utf8.count), as: UTF8.self) + suffix
            if taken.insert(candidate).inserted {
                numbers[name] = number
                return candidate
            }
        }
    }
}
