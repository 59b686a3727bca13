import SkillCatalog
import Subprocesses

/// What the status says with which a script ended: the numbers of `sysexits.h`, and what shells and parsers of options use.
enum ScriptStatus {
    /// Why the call failed; nil for status 0.
    static func failure(_ status: TerminationStatus, _ call: ToolCall, _ remarks: [String]) -> ToolFailure? {
        let said = remarks.last.map { ": \($0)" } ?? ""
        switch status {
        case .exited(0): return nil
        case .signalled(let signal):
            return ToolFailure(
                .transient,
                code: "tool-crashed",
                "\(call.qualifiedName) was ended by signal \(signal)\(said)",
                effect: .unknown
            )
        case .exited(let code):
            let (kind, word) = meaning(code)
            return ToolFailure(kind, code: word, "\(call.qualifiedName) ended with status \(code)\(said)")
        }
    }

    private static func meaning(_ code: Int32) -> (ToolFailure.Kind, String) {
        switch code {
        // Wrong usage, as option parsers say it, EX_USAGE, EX_DATAERR.
        case 2, 64, 65: (.invalidInput, "invalid-arguments")
        // EX_NOINPUT
        case 66: (.invalidInput, "file-not-found")
        // EX_NOHOST, EX_UNAVAILABLE, EX_TEMPFAIL
        case 68, 69, 75: (.transient, "temporary")
        // EX_NOPERM, EX_CONFIG
        case 77, 78: (.policy, "permission-denied")
        case 126, 127: (.permanent, "script-unusable")
        default: (.permanent, "tool-error")
        }
    }
}
