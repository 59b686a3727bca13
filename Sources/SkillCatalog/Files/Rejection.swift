/// A record, a file or a folder that cannot be used, as the diagnostic that says so.
struct Rejection: Error, Sendable, Hashable {
    var diagnostic: Diagnostic

    init(_ code: DiagnosticCode, _ message: String, file: String, line: Int? = nil) {
        diagnostic = Diagnostic(.error, code, message, file: file, line: line)
    }

    init(_ fault: FileFault) {
        diagnostic = Diagnostic(.error, fault.code, "it \(fault.message)", file: fault.path)
    }

    /// Runs something that touches files; its fault becomes a rejection.
    static func onFault<Value>(_ body: () throws(FileFault) -> Value) throws(Rejection) -> Value {
        do throws(FileFault) { return try body() } catch { throw Rejection(error) }
    }
}
