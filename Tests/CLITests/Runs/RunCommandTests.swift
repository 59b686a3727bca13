import JSONSchema
import TestSupport
import Testing

@Suite("skillweaver run", .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence))
struct RunCommandTests {
    @Test("runs a plan, says what happens as JSON lines, and keeps the run")
    func plan() async throws {
        try await withSkillWeaver { skillweaver, folder in
            let ledger = try await LedgerSkill(skillweaver, in: folder)
            let plan = try ledger.chain(["write_line", "write_once"])
            let outcome = try await skillweaver.run(ledger.runArguments(plan, "--json"))
            #expect(outcome.code == 0, "\(outcome.errors)")
            let kinds = try outcome.lines.compactMap { $0["kind"]?.stringValue }
            #expect(
                kinds == [
                    "driven", "attempt_started", "succeeded", "attempt_started", "succeeded", "finished",
                ]
            )
            #expect(try ledger.lines.map { $0.prefix(2) } == ["s1", "s2"])

            let run = try #require(try outcome.lines.first?["run"]?.stringValue)
            let listed = try await skillweaver("runs", "list", "--json")
            #expect(try listed.lines.map { $0["run"]?.stringValue } == [run])
            #expect(try listed.lines.first?["phase"] == "succeeded")
            let followed = try await skillweaver("runs", "show", run, "--follow", "--json")
            #expect(try followed.lines == outcome.lines)
            let again = try await skillweaver("resume", run)
            #expect(again.code == 0)
            #expect(try ledger.lines.count == 2)

            let pruned = try await skillweaver("runs", "prune", "--older-than", "0", "--json")
            #expect(try pruned.json == ["forgotten": 1])
            let gone = try await skillweaver("runs", "show", run, "--json")
            #expect(gone.code == 2 && gone.error?["code"] == "run-not-found")
        }
    }

    @Test("waits for a person before it destroys something, and goes on in another process")
    func approval() async throws {
        try await withSkillWeaver { skillweaver, folder in
            let ledger = try await LedgerSkill(skillweaver, in: folder)
            let plan = try ledger.chain(["write_line", "wipe"])
            let waiting = try await skillweaver.run(ledger.runArguments(plan))
            #expect(waiting.code == 4)
            #expect(waiting.errors.contains("--approve s2"))
            #expect(waiting.errors.contains(#"name = "s2""#))
            #expect(try ledger.lines == ["s1"])
            let run = try await id(skillweaver)

            let wrong = try await skillweaver("resume", run, "--approve", "s9", "--sandbox", "off", "--json")
            #expect(wrong.code == 2)
            let done = try await skillweaver("resume", run, "--approve", "s2", "--sandbox", "off")
            #expect(done.code == 0, "\(done.errors)")
            #expect(try ledger.lines == ["s1", "wiped-s2"])

            let other = try await skillweaver.run(ledger.runArguments(plan))
            #expect(other.code == 4)
            let denied = try await skillweaver("resume", try await id(skillweaver), "--deny", "s2", "--sandbox", "off")
            #expect(denied.code == 1)
            let refused = try await skillweaver.run(ledger.runArguments(plan, "--approve", "deny"))
            #expect(refused.code == 1)
            #expect(try ledger.lines.filter { $0 == "wiped-s2" }.count == 1)

            try write(
                #"{"rules": [{"tool": "ledger.w*", "approve": "allow"}]}"#,
                to: "\(skillweaver.home)/skillweaver/approvals.json"
            )
            #expect(try await skillweaver.run(ledger.runArguments(plan)).code == 0)
            try write(#"{"rules": [{"tool": "x"}]}"#, to: "\(skillweaver.home)/skillweaver/approvals.json")
            #expect(try await skillweaver.run(ledger.runArguments(plan)).code == 1)
        }
    }

    @Test("a step that fails ends the run with 1, and the report says what was tried")
    func failure() async throws {
        try await withSkillWeaver { skillweaver, folder in
            let ledger = try await LedgerSkill(skillweaver, in: folder)
            let plan = try ledger.chain(["refuse", "write_line"]) { $0 == 1 ? "{}" : #"{"name": "s2"}"# }
            let failed = try await skillweaver.run(ledger.runArguments(plan))
            #expect(failed.code == 1)
            let run = try await id(skillweaver)
            let report = try await skillweaver("runs", "show", run, "--report", "--json")
            let steps = try #require(try report.json["steps"]?.arrayValue)
            #expect(steps.map { $0["state"]?.stringValue } == ["failed", "skipped"])
            #expect(steps.first?["why"]?.stringValue?.contains("it refuses") == true)
            let page = try await skillweaver("runs", "show", run, "--markdown")
            #expect(page.output.contains("## s1: write line 1"))
        }
    }

    @Test("asks for what a plan leaves open, and cancels what nobody wants any more")
    func questions() async throws {
        try await withSkillWeaver { skillweaver, folder in
            let ledger = try await LedgerSkill(skillweaver, in: folder)
            let plan = "\(folder)/open.json"
            try write(
                """
                {"request": "r", "steps": [{"id": "s1", "subtask": "write", "skill": "ledger", "tool": "write_line"}],
                 "questions": [{"step": "s1", "argument": "name", "text": "Which name?"}]}
                """,
                to: plan
            )
            let given = try await skillweaver.run(ledger.runArguments(plan, "--answer", "s1.name=Ada"))
            #expect(given.code == 0, "\(given.errors)")
            let open = try await skillweaver.run(ledger.runArguments(plan))
            #expect(open.code == 4 && open.errors.contains("Which name?"))
            let run = try await id(skillweaver)
            let answered = try await skillweaver("resume", run, "--answer", "s1.name=Grace", "--sandbox", "off")
            #expect(answered.code == 0, "\(answered.errors)")
            #expect(try ledger.lines == ["Ada", "Grace"])

            _ = try await skillweaver.run(ledger.runArguments(plan))
            let waiting = try await id(skillweaver)
            #expect(try await skillweaver("runs", "cancel", waiting).code == 0)
            #expect(try await skillweaver("resume", waiting).code == 1)
            #expect(try await skillweaver("runs", "list", "--phase", "cancelled", "--json").lines.count == 1)
        }
    }

    @Test("refuses what cannot run, before anything is called")
    func refusals() async throws {
        try await withSkillWeaver { skillweaver, folder in
            let ledger = try await LedgerSkill(skillweaver, in: folder)
            let cases: [(String, Int, String)] = [
                (#"{"request": "r", "steps": []}"#, 3, "nothing-fits"),
                (step(#""tool": "nothing""#), 2, "invalid-plan"),
                (step(#""tool": "write_line", "depends_on": ["s1"]"#), 2, "invalid-plan"),
                (step(#""tool": "write_line", "arguments": {"name": {"$from": "s9", "path": ""}}"#), 2, "invalid-plan"),
                (step(#""tool": null"#), 2, "no-tool"),
            ]
            for (text, code, word) in cases {
                let file = "\(folder)/bad.json"
                try write(text, to: file)
                let outcome = try await skillweaver.run(ledger.runArguments(file, "--json"))
                #expect(outcome.code == code, "\(text): \(outcome.errors)")
                #expect(outcome.error?["code"]?.stringValue == word, "\(text): \(outcome.errors)")
            }
            #expect(try await skillweaver("run").code == 2)
            #expect(try await skillweaver("resume", "no-such-run").code == 2)
            #expect(try ledger.lines.isEmpty)
        }
    }

    private func step(_ members: String) -> String {
        #"{"request": "r", "steps": [{"id": "s1", "subtask": "write", "skill": "ledger", \#(members)}]}"#
    }

    /// The newest run.
    private func id(_ skillweaver: SkillWeaverCommand) async throws -> String {
        let listed = try await skillweaver("runs", "list", "--limit", "1", "--json")
        return try #require(try listed.lines.first?["run"]?.stringValue)
    }
}
