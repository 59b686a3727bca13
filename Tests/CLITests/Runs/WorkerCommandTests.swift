import JSONSchema
import Storage
import Subprocesses
import TestSupport
import Testing

/// The same at full size, 500 kills among four workers: `Benchmarks/worker_kills.py`.
@Suite(
    "skillweaver worker",
    .postgreSQL,
    .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence),
    .enabled(if: PostgreSQLServer.isInstalled, PostgreSQLServer.absence)
)
struct WorkerCommandTests {
    @Test("Workers that are killed with -9 lose no step and repeat none; the others finish the run")
    func kills() async throws {
        let store = PostgreSQLServer.text(of: try #require(PostgreSQLServer.current).database())
        try await withSkillWeaver { skillweaver, folder in
            let ledger = try await LedgerSkill(skillweaver, in: folder)
            let plan = try ledger.chain((1...10).map { _ in "write_once" })
            let left = try await skillweaver.run(ledger.runArguments(plan, "--store", store, "--detach", "--json"))
            #expect(left.code == 0, "\(left.errors)")
            let run = try #require(try left.json["run"]?.stringValue)
            let worker = [
                "worker", "--store", store, "--lease", "2", "--concurrency", "2", "--sandbox", "off", "--json",
            ]
            var random = SeededGenerator(seed: 5)
            for _ in 0..<3 {
                try await kill(worker, after: .random(in: 500...1_500, using: &random), of: skillweaver)
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<2 { group.addTask { _ = try? await skillweaver.run(worker) } }
                let followed = try await skillweaver("runs", "show", run, "--follow", "--json", "--store", store)
                #expect(followed.code == 0)
                group.cancelAll()
                try await group.waitForAll()
            }
            let report = try await skillweaver("runs", "show", run, "--report", "--json", "--store", store).json
            #expect(report["phase"] == "succeeded")
            for step in report["steps"]?.arrayValue ?? [] {
                let lines = step["history"]?.arrayValue?.compactMap { $0["text"]?.stringValue } ?? []
                #expect(lines.count { $0.hasSuffix(" succeeded") } == 1)
            }
            #expect(try ledger.lines.map { $0.split(separator: ":")[0] } == (1...10).map { "s\($0)" })
            let again = try await skillweaver("resume", run, "--store", store, "--sandbox", "off")
            #expect(again.code == 0)
        }
    }

    @Test("What a run waits for is answered from anywhere, and left to workers")
    func answers() async throws {
        let store = PostgreSQLServer.text(of: try #require(PostgreSQLServer.current).database())
        try await withSkillWeaver { skillweaver, folder in
            let ledger = try await LedgerSkill(skillweaver, in: folder)
            let plan = try ledger.chain(["write_line", "wipe", "write_line"])
            let asked = try await skillweaver.run(ledger.runArguments(plan, "--store", store, "--json"))
            #expect(asked.code == 4, "\(asked.errors)")
            let runs = try await skillweaver("runs", "list", "--json", "--store", store).lines
            let run = try #require(runs.first?["run"]?.stringValue)
            let left = try await skillweaver("resume", run, "--approve", "s2", "--store", store, "--detach")
            #expect(left.code == 0, "\(left.errors)")
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try? await skillweaver("worker", "--store", store, "--sandbox", "off") }
                _ = try await skillweaver("runs", "show", run, "--follow", "--json", "--store", store)
                group.cancelAll()
                try await group.waitForAll()
            }
            #expect(try ledger.lines == ["s1", "wiped-s2", "s3"])
        }
    }

    @Test("A worker without a database, and a run that is left to nobody, are errors of usage")
    func usage() async throws {
        try await withSkillWeaver { skillweaver, _ in
            for words in [["worker"], ["run", "Draw a chart", "--detach"], ["worker", "--store", "mysql://x"]] {
                let outcome = try await skillweaver.run(words + ["--json"])
                #expect(outcome.code == 2)
                #expect(outcome.error?["message"]?.stringValue?.contains("--store") == true)
            }
        }
    }

    /// Runs the program and kills it after so many milliseconds.
    private func kill(_ words: [String], after milliseconds: Int, of skillweaver: SkillWeaverCommand) async throws {
        let executable = try #require(SkillWeaverCommand.executable)
        let delay = "\(milliseconds / 1_000).\(String(milliseconds % 1_000 + 1_000).dropFirst())"
        _ = try await Subprocess(
            executable: "/usr/bin/timeout",
            arguments: ["--foreground", "-s", "KILL", delay, executable] + words,
            environment: .inheritedAdding(["XDG_DATA_HOME": skillweaver.home])
        ).run()
    }
}
