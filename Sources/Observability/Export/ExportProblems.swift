import Synchronization

/// Says what goes wrong with one collector: a problem once, and again only after something was taken in between.
final class ExportProblems: Sendable {
    private let what: String
    private let report: @Sendable (String) -> Void
    private let last = Mutex<String?>(nil)

    init(_ what: String, report: @escaping @Sendable (String) -> Void) {
        self.what = what
        self.report = report
    }

    func note(_ outcome: OTLPSender.Outcome) {
        let isNew = last.withLock { last in
            defer { last = outcome.problem }
            return outcome.problem != nil && last != outcome.problem
        }
        guard isNew, let problem = outcome.problem else { return }
        report("\(outcome.lost) \(what) were not taken: \(problem)")
    }
}
