import JSONSchema
import PlanExecution
import SkillCatalog
import TestSupport
import Testing

@Suite("Events of a run")
struct RunEventsTests {
    private func driver(_ harness: RunHarness, _ folder: String) -> RunDriver {
        let tools = harness.tools
        return RunDriver(
            store: harness.store,
            invokers: ToolInvokerProvider { _ in tools },
            resultsFolder: folder,
            clock: harness.clock
        )
    }

    @Test("come in order while the run is driven, to its end")
    func order() async throws {
        try await withTemporaryFolder { folder in
            let harness = RunHarness(tools: [RunHarness.tool("work")])
            let run = try await harness.create((1...50).map { RunHarness.step("s\($0)", "work") })
            var events: [RunEvent] = []
            for try await event in driver(harness, folder).events(of: run) { events.append(event) }
            #expect(events.map(\.entry.sequence) == Array(1...102))
            #expect(events.last?.entry.transition == .finished(.succeeded))
        }
    }

    @Test("letting go of them pauses the run, and resuming goes on behind them")
    func letGo() async throws {
        try await withTemporaryFolder { folder in
            let harness = RunHarness(tools: [RunHarness.tool("quick"), RunHarness.tool("hang")])
            let gate = Gate(of: 2)
            harness.tools.on("hang") { _, count in
                guard count == 1 else { return true }
                await gate.pass()
                try await Task.sleep(for: .seconds(3_600))
                return true
            }
            let run = try await harness.create([
                RunHarness.step("s1", "quick"), RunHarness.step("s2", "hang", after: ["s1"]),
            ])
            let driver = driver(harness, folder)
            let reading = Task {
                var last: RunEvent?
                for try await event in driver.events(of: run) { last = event }
                return last
            }
            await gate.pass()
            reading.cancel()
            #expect(try await reading.value?.entry.transition == .paused(.interrupted))
            var kinds: [String] = []
            for try await event in driver.events(of: run) { kinds.append(event.entry.transition.kind) }
            #expect(kinds.first == "driven" && kinds.last == "finished")
            #expect(harness.tools.count("quick") == 1)
        }
    }

    @Test("an unknown run, and one that somebody else drives, are errors of the iteration")
    func errors() async throws {
        try await withTemporaryFolder { folder in
            let harness = RunHarness(tools: [RunHarness.tool("work")])
            let driver = driver(harness, folder)
            await #expect(throws: RunStoreError.self) { for try await _ in driver.events(of: "nothing") {} }
            let run = try await harness.create([RunHarness.step("s1", "work")])
            let claim = try await harness.store.claim(run, as: "other")
            await #expect(throws: RunStoreError.self) { for try await _ in driver.events(of: run) {} }
            await claim.release()
        }
    }
}
