package import PlanExecution
package import SkillCatalog
package import SkillRetrieval

/// Keeps a library in step with its sources, and knows how that goes.
package actor LibrarySync {
    package enum State: String, Sendable, Hashable, CaseIterable {
        /// As its sources were when they were last read; nobody looks by itself.
        case current
        /// Sources tell of changes.
        case watching
        case updating
        /// The last update did not succeed; the library is as it was before.
        case failed
        /// Its sources are not read by this service.
        case unwatched
    }

    /// What is known of the last update.
    package struct Report: Sendable, Hashable {
        package var state: State
        package var lastUpdate: RunTime?
        package var message: String?
        package var counts = UpdateCounts()
    }

    /// Reads the sources again and brings the library in step.
    package typealias Update = @Sendable () async throws -> IndexingReport

    private let update: Update?
    private var watching: Task<Void, Never>?
    private var updating: Task<Void, Never>?
    private(set) var report: Report

    /// - Parameter update: nil where the sources are not this service's to read.
    package init(update: Update? = nil) {
        self.update = update
        report = Report(state: update == nil ? .unwatched : .current)
    }

    /// Begins an update, unless one is under way.
    ///
    /// - Returns: false where the service may not update the library.
    func begin() -> Bool {
        guard let update else { return false }
        guard updating == nil else { return true }
        let before = report.state
        report.state = .updating
        // Not structured: the caller is answered at once, and looks at the library later.
        updating = Task {
            do {
                note(try await update(), then: before == .watching ? .watching : .current)
            } catch {
                fail("\(error)")
            }
            updating = nil
        }
        return true
    }

    /// Follows the sources until the service stops.
    ///
    /// - Parameter follow: runs until it is cancelled, and tells of every change.
    package func watch(_ follow: @escaping @Sendable (LibrarySync) async throws -> Void) {
        guard watching == nil else { return }
        report.state = .watching
        watching = Task {
            do { try await follow(self) } catch is CancellationError {} catch { fail("\(error)") }
        }
    }

    /// Takes down what a watch tells.
    package func note(_ event: LibraryWatch.Event) {
        switch event {
        case .updated(let report, _): note(report, then: .watching)
        case .unreadable(let source, let message): self.report.message = "\(source): \(message)"
        case .back: report.message = nil
        case .slower(let source, let message): report.message = "\(source): \(message)"
        case .failed(let message): fail(message)
        }
    }

    package func close() async {
        watching?.cancel()
        updating?.cancel()
        await watching?.value
        await updating?.value
    }

    private func note(_ indexing: IndexingReport, then state: State) {
        report = Report(
            state: state,
            lastUpdate: SystemRunClock().now,
            message: indexing.failures.first.map { "\($0)" },
            counts: indexing.counts
        )
    }

    private func fail(_ message: String) {
        report.state = .failed
        report.message = message
    }
}
