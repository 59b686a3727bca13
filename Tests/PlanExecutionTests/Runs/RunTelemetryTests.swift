import JSONSchema
import Observability
import PlanComposition
import PlanExecution
import SkillCatalog
import TestSupport
import Testing

@Suite("What runs say of themselves")
struct RunTelemetryTests {
    private static let secrets = ["planted-argument", "planted-grant", "planted-output", "planted-message"]

    @Test("a failing tool gives an error span each attempt, and is counted")
    func failing() async throws {
        let harness = RunHarness(tools: [RunHarness.tool("fetch"), RunHarness.tool("other")])
        harness.tools.on("fetch") { _, count in
            if count < 2 { throw ToolFailure.busy }
            throw ToolFailure.broken
        }
        harness.tools.on("other") { _, _ in "fine" }
        let recording = TelemetryRecording()
        let state = try await Telemetry.$current.withValue(recording.telemetry) {
            try await harness.run([RunHarness.step("s1", "fetch", candidates: ["other"])])
        }
        #expect(state.outcome == .succeeded)
        let run = try #require(recording.spans(named: "invoke_workflow run").first)
        #expect(run.attributes[.runOutcome] == "succeeded" && run.status == .unset)
        let attempts = recording.spans.filter { $0.attributes[.operationName] == "execute_tool" }
        #expect(attempts.map(\.name) == ["execute_tool fetch", "execute_tool fetch", "execute_tool other"])
        #expect(attempts.map { $0.attributes[.errorType] } == ["busy", "broken", nil])
        #expect(attempts.map { $0.attributes[.attempt] } == [1, 2, 3])
        #expect(attempts.map(\.status) == [.error("transient: busy"), .error("permanent: broken"), .unset])
        #expect(attempts.allSatisfy { $0.parent?.spanID == run.context.spanID })
        #expect(recording.count("skillweaver.tool.errors") == 2)
        #expect(recording.count("skillweaver.tool.errors", where: [.errorType: "busy", .toolName: "fetch"]) == 1)
        #expect(recording.count("gen_ai.execute_tool.duration") == 3)
        #expect(recording.count("skillweaver.run.retries") == 1)
        #expect(recording.count("skillweaver.run.fallbacks") == 1)
        #expect(recording.count("gen_ai.workflow.duration") == 1)
        _ = try PrometheusSamples(try #require(recording.telemetry.prometheusText))
    }

    @Test("a run that fails is a failed span")
    func failed() async throws {
        let harness = RunHarness(tools: [RunHarness.tool("fetch")])
        harness.tools.on("fetch") { _, _ in throw ToolFailure.broken }
        let recording = TelemetryRecording()
        _ = try await Telemetry.$current.withValue(recording.telemetry) {
            try await harness.run([RunHarness.step("s1", "fetch")])
        }
        let run = try #require(recording.spans(named: "invoke_workflow run").first)
        #expect(run.attributes[.errorType] == "run_failed" && run.status == .error(nil))
        #expect(recording.count("skillweaver.runs", where: [.runOutcome: "failed"]) == 1)
    }

    @Test("what goes into tools and comes out of them is in nothing that is said")
    func secrets() async throws {
        let harness = RunHarness(tools: [RunHarness.tool("fetch"), RunHarness.tool("last")])
        harness.tools.on("fetch") { _, _ in
            Telemetry.log(.error, "got planted-grant from https://u:planted-output@h.org/?token=planted-output")
            throw ToolFailure(.permanent, code: "refused", "planted-message: planted-argument, Bearer planted-output")
        }
        harness.tools.on("last") { _, _ in "planted-output" }
        let recording = TelemetryRecording()
        recording.telemetry.secrets.add(["planted-grant"])
        _ = try await Telemetry.$current.withValue(recording.telemetry) {
            try await harness.run([
                RunHarness.step("s1", "fetch", arguments: ["url": "planted-argument"], candidates: ["last"])
            ])
        }
        #expect(recording.log.count == 1)
        for secret in Self.secrets { #expect(!recording.everything.contains(secret), "\(secret)") }
        #expect(recording.everything.contains("refused"))
    }

    @Test("a driver's secrets are hidden, and a run that is resumed links to where it was driven before")
    func resumed() async throws {
        try await withTemporaryFolder { folder in
            let store = MemoryRunStore()
            let harness = RunHarness(
                tools: [RunHarness.tool("fetch", readOnly: false, destructive: true)],
                store: store
            )
            let run = try await harness.create([RunHarness.step("s1", "fetch")])
            let driver = RunDriver(
                store: store,
                invokers: ToolInvokerProvider { _ in harness.tools },
                resultsFolder: "\(folder)/results",
                redactor: SecretRedactor(["planted-grant"])
            )
            let recording = TelemetryRecording()
            let approval: [RunTransition] = [.answered(TaskID(step: "s1"), .approve, by: "me")]
            try await Telemetry.$current.withValue(recording.telemetry) {
                let paused = try await driver.drive(run)
                #expect(paused.outcome == nil)
                Telemetry.log(.info, "with planted-grant")
                try await Task { _ = try await driver.drive(run, commands: approval) }.value
            }
            let drives = recording.spans(named: "invoke_workflow run")
            #expect(drives.count == 2)
            let (first, second) = (try #require(drives.first), try #require(drives.last))
            #expect(first.links.isEmpty && first.context.traceID != second.context.traceID)
            #expect(second.links.map(\.context.spanID) == [first.context.spanID])
            #expect(second.links.map(\.context.traceID) == [first.context.traceID])
            #expect(second.attributes[.runOutcome] == "succeeded")
            #expect(
                recording.spans.contains {
                    $0.name == "execute_tool fetch" && $0.parent?.spanID == second.context.spanID
                }
            )
            #expect(!recording.everything.contains("planted-grant"))
        }
    }
}
