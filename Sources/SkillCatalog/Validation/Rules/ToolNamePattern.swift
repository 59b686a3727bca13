/// A tool's name has 1 to 64 characters: letters a–z and A–Z, digits, hyphens and underscores.
///
/// Models accept no other names for functions.
struct ToolNamePattern: SkillRule {
    static let code = DiagnosticCode.invalidToolName

    static func check(_ skill: ValidationSubject) -> [Diagnostic] {
        skill.namedTools.filter { !isValid($0.tool.name) }.map { entry, _ in
            let message = "has a name that models do not accept; use a–z, A–Z, 0–9, _ and -, at most 64"
            return diagnostic(entry, message, in: skill)
        }
    }

    static func isValid(_ name: String) -> Bool {
        (1...SkillLimits.toolName).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
