import SkillCatalog
import Testing

@Suite("Diagnostics are stable words in a form that editors know")
struct DiagnosticTests {
    @Test("Codes are words in lower case joined by hyphens", arguments: DiagnosticCode.allCases)
    func codes(_ code: DiagnosticCode) {
        let words = code.rawValue.split(separator: "-", omittingEmptySubsequences: false)
        #expect(words.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x38 } })
    }

    @Test("A place is written before the message, as far as it is known")
    func description() {
        #expect(Diagnostic(.error, code: "c", "m", file: "/f", line: 3).description == "/f:3: error: m [c]")
        #expect(Diagnostic(.warning, code: "c", "m", file: "/f").description == "/f: warning: m [c]")
        #expect(Diagnostic(.warning, code: "c", "m").description == "warning: m [c]")
        #expect(Diagnostic.Severity.warning < .error)
    }
}
