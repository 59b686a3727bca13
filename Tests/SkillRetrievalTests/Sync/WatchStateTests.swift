import SkillCatalog
import Testing

@testable import SkillRetrieval

@Suite("What a watch decides")
struct WatchStateTests {
    private let sources: [any SkillSource] = [ListSource("one", []), ListSource("two", [])]

    private func failing(_ source: Int) -> IndexingReport {
        var report = IndexingReport()
        let error = SkillSourceError(.unreadable, location: sources[source].location, "is gone")
        report.failures = [SourceFailure(source: sources[source].name, error: error, keptSkills: 1)]
        return report
    }

    /// A state after its first, complete update at second 0.
    private func started() -> WatchState {
        var state = WatchState(sourceCount: 2)
        for place in 0..<2 { _ = state.note(.watching, of: place, name: "") }
        guard let due = state.takeDue(at: .zero) else { return state }
        _ = state.finish(due, .done(IndexingReport()), sources: sources, took: .zero, at: .zero)
        return state
    }

    @Test("reads nothing before all sources are watched, then everything, then what changed")
    func order() {
        var state = WatchState(sourceCount: 2)
        _ = state.note(.watching, of: 1, name: "two")
        #expect(state.takeDue(at: .zero) == nil)
        _ = state.note(.watching, of: 0, name: "one")
        let first = state.takeDue(at: .zero)
        #expect(first == WatchState.Due(places: [0, 1], isAll: true))
        guard let first else { return }
        let events = state.finish(first, .done(IndexingReport()), sources: sources, took: .zero, at: .zero)
        #expect(events.count == 1)
        #expect(state.takeDue(at: .seconds(1)) == nil)
        _ = state.note(.changed, of: 1, name: "two")
        #expect(state.takeDue(at: .seconds(1)) == WatchState.Due(places: [1], isAll: false))
        #expect(state.takeDue(at: .seconds(1)) == nil)
    }

    @Test("tries an unreadable source again after pauses that double up to a minute, and tells of it once")
    func retries() {
        var state = started()
        _ = state.note(.changed, of: 1, name: "two")
        var now = Duration.seconds(10)
        var pauses: [Int] = []
        var told = 0
        for _ in 0..<9 {
            guard let due = state.takeDue(at: now) else { break }
            told += state.finish(due, .done(failing(1)), sources: sources, took: .zero, at: now).count
            guard let next = state.nextRetry else { break }
            pauses.append(Int((next - now) / .seconds(1)))
            #expect(state.takeDue(at: next - .milliseconds(1)) == nil)
            now = next
        }
        #expect(pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60])
        #expect(told == 1)
        guard let due = state.takeDue(at: now) else { return }
        let events = state.finish(due, .done(IndexingReport()), sources: sources, took: .zero, at: now)
        guard case .back(let source)? = events.first else {
            Issue.record("\(events)")
            return
        }
        #expect(source == "two")
        #expect(state.nextRetry == nil)
    }

    @Test("keeps the changes of an update that failed for the next attempt")
    func failedUpdate() {
        var state = started()
        _ = state.note(.changed, of: 0, name: "one")
        guard let due = state.takeDue(at: .seconds(5)) else { return }
        let events = state.finish(due, .failed("the disk is full"), sources: sources, took: .zero, at: .seconds(5))
        #expect(events.count == 1)
        #expect(state.nextRetry == .seconds(6))
        #expect(state.takeDue(at: .seconds(6)) == due)
        let silent = state.finish(due, .failed("the disk is full"), sources: sources, took: .zero, at: .seconds(6))
        #expect(silent.isEmpty)
    }
}
