import JSONSchema
import Subprocesses
import TestSupport
import Testing

/// The same at full size, 500 kills: `Benchmarks/run_kills.py`.
@Suite("A killed run", .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence))
struct KilledRunTests {
    @Test("kill -9 at any moment loses no completed step and repeats none; with keys every effect happens once")
    func kills() async throws {
        try await withSkillWeaver { skillweaver, folder in
            let ledger = try await LedgerSkill(skillweaver, in: folder)
            let plan = try ledger.chain((1...10).map { _ in "write_once" })
            var random = SeededGenerator(seed: 11)
            var kills = 0
            while kills < 8 {
                try write("", to: "\(ledger.workspace)/ledger.txt")
                let before = try await skillweaver("runs", "list", "--json").lines.count
                var code = try await run(
                    ledger.runArguments(plan),
                    killedAfter: .random(in: 350...900, using: &random),
                    of: skillweaver
                )
                guard try await skillweaver("runs", "list", "--json").lines.count > before else {
                    // Killed before there was a run: there is nothing to lose.
                    kills += 1
                    continue
                }
                let run = try #require(
                    try await skillweaver("runs", "list", "--limit", "1", "--json").lines.first?["run"]?.stringValue
                )
                while code == nil {
                    kills += 1
                    let completed = try await succeeded(run, skillweaver)
                    code = try await self.run(
                        ["resume", run, "--sandbox", "off"],
                        killedAfter: .random(in: 60...600, using: &random),
                        of: skillweaver
                    )
                    let now = try await succeeded(run, skillweaver)
                    #expect(completed.allSatisfy { now[$0.key] == $0.value })
                    #expect(now.values.allSatisfy { $0 == 1 })
                }
                #expect(code == 0)
                #expect(try ledger.lines.map { $0.split(separator: ":")[0] } == (1...10).map { "s\($0)" })
            }
        }
    }

    /// Runs the program and kills it after so many milliseconds; its exit code where it was faster.
    private func run(
        _ arguments: [String],
        killedAfter milliseconds: Int,
        of skillweaver: SkillWeaverCommand
    ) async throws -> Int? {
        let executable = try #require(SkillWeaverCommand.executable)
        let delay = "\(milliseconds / 1_000).\(String(milliseconds % 1_000 + 1_000).dropFirst())"
        let command = Subprocess(
            executable: "/usr/bin/timeout",
            arguments: ["--foreground", "-s", "KILL", delay, executable] + arguments,
            environment: .inheritedAdding(["XDG_DATA_HOME": skillweaver.home])
        )
        let result = try await command.run()
        guard case .exited(let code) = result.status, code != 137 else { return nil }
        return Int(code)
    }

    /// How often each step succeeded, by the journal.
    private func succeeded(_ run: String, _ skillweaver: SkillWeaverCommand) async throws -> [String: Int] {
        let report = try await skillweaver("runs", "show", run, "--report", "--json").json
        var counts: [String: Int] = [:]
        for step in report["steps"]?.arrayValue ?? [] {
            let lines = step["history"]?.arrayValue?.compactMap { $0["text"]?.stringValue } ?? []
            let count = lines.count { $0.hasSuffix(" succeeded") }
            if count > 0, let id = step["id"]?.stringValue { counts[id] = count }
        }
        return counts
    }
}
