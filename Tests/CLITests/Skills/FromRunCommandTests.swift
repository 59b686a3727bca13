import JSONSchema
import TestSupport
import Testing

@Suite("skillweaver skills from-run", .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence))
struct FromRunCommandTests {
    @Test("a run becomes a valid skill whose test passes, and that a plan calls with other values")
    func life() async throws {
        try await withSkillWeaver { skillweaver, folder in
            let notes = try await NotesSkill(skillweaver, in: folder)
            let run = try await notes.run("Add Ada to names.txt and count the notes", NotesSkill.addAndCount)
            let made = try await skillweaver("skills", "from-run", run, "--name", "add-and-count", "--json")
            #expect(made.code == 0, "\(made.errors)")
            let skill = "\(notes.installed)/add-and-count"
            #expect(try made.json["folder"] == .string(skill))
            #expect(try made.json["parameters"] == ["file", "note"], "what nobody said, the mark, stays as it was")

            let valid = try await skillweaver("skills", "validate", skill)
            #expect(valid.code == 0, "\(valid.output)\(valid.errors)")
            let tested = try await skillweaver("skills", "test", skill, "--sandbox", "off", "--json")
            #expect(tested.code == 0, "\(tested.output)")
            let checks = try #require(try tested.json["skills"]?.arrayValue?.first?["checks"]?.arrayValue)
            #expect(checks.contains { $0["group"] == "examples" && $0["outcome"] == "passed" })

            #expect(try await skillweaver("index", notes.installed, "--library", "mine").code == 0)
            let plan = "\(folder)/again.json"
            try write(
                NotesSkill.plan(
                    "again",
                    [
                        #""subtask": "more", "tool": "run_add_and_count", "arguments": {"file": "b.txt", "note": "Grace"}"#
                    ],
                    skill: "add-and-count"
                ),
                to: plan
            )
            let again = try await skillweaver(
                "run",
                "--plan",
                plan,
                "--library",
                "mine",
                "--workspace",
                notes.workspace,
                "--sandbox",
                "off",
                "--json"
            )
            #expect(again.code == 0, "\(again.errors)\(again.output)")
            #expect(try text(of: "\(notes.workspace)/b.txt") == "- Grace\n")
            #expect(again.output.contains(#""count":1"#), "what it returns is what its last step returns")
        }
    }

    @Test("a step that fails inside says which one it was, and what was done before")
    func innerFailure() async throws {
        try await withSkillWeaver { skillweaver, folder in
            let notes = try await NotesSkill(skillweaver, in: folder)
            let steps = [
                #""subtask": "add Ada", "tool": "add_note", "arguments": {"file": "a.txt", "note": "Ada"}"#,
                #""subtask": "count", "tool": "count_notes", "arguments": {"file": "a.txt", "least": 1}"#,
            ]
            let run = try await notes.run("Add Ada to a.txt and expect at least 1", steps)
            #expect(try await skillweaver("skills", "from-run", run, "--name", "expect-notes").code == 0)
            #expect(try await skillweaver("index", notes.installed, "--library", "mine").code == 0)
            let plan = "\(folder)/more.json"
            let arguments = #"{"file": "c.txt", "note": "Ada", "least": 9}"#
            try write(
                NotesSkill.plan(
                    "r",
                    [#""subtask": "more", "tool": "run_expect_notes", "arguments": \#(arguments)"#],
                    skill: "expect-notes"
                ),
                to: plan
            )
            let failed = try await skillweaver(
                "run",
                "--plan",
                plan,
                "--library",
                "mine",
                "--workspace",
                notes.workspace,
                "--sandbox",
                "off",
                "--json"
            )
            // A note was added, so whether to call it again is for a person to say.
            #expect(failed.code == 4, "\(failed.output)")
            #expect(failed.output.contains("failed in step s2 (notes.count_notes) after 1 of 2 steps"))
            #expect(failed.output.contains("there are only 1 notes"))
            let resumed = try await skillweaver(
                "resume",
                try #require(try failed.lines.first?["run"]?.stringValue),
                "--approve",
                "s1",
                "--sandbox",
                "off"
            )
            #expect(resumed.code == 4, "the same call is not made twice")
            #expect(try text(of: "\(notes.workspace)/c.txt") == "* Ada\n")
        }
    }

    @Test("a skill with a destructive step asks before it is called, and obeys the rules about the step's own tool")
    func approval() async throws {
        try await withSkillWeaver { skillweaver, folder in
            let notes = try await NotesSkill(skillweaver, in: folder)
            let wipe = #""subtask": "remove a.txt", "tool": "wipe_notes", "arguments": {"file": "a.txt"}"#
            try write("x", to: "\(notes.workspace)/a.txt")
            let run = try await notes.run("Remove a.txt", [wipe], code: 0, "--approve", "auto")
            let made = try await skillweaver("skills", "from-run", run, "--name", "remove-file", "--json")
            #expect(try made.json["parameters"] == ["file"], "\(made.errors)")
            #expect(try await skillweaver("index", notes.installed, "--library", "mine").code == 0)
            let plan = "\(folder)/remove.json"
            let step = #""subtask": "remove", "tool": "run_remove_file", "arguments": {"file": "b.txt"}"#
            try write(NotesSkill.plan("r", [step], skill: "remove-file"), to: plan)
            try write("x", to: "\(notes.workspace)/b.txt")
            let arguments = [
                "run", "--plan", plan, "--library", "mine", "--workspace", notes.workspace, "--sandbox", "off",
            ]
            let asked = try await skillweaver.run(arguments)
            #expect(asked.code == 4)
            #expect(asked.errors.contains(#"file = "b.txt""#))
            let rules = "\(skillweaver.home)/skillweaver/approvals.json"
            for verdict in ["deny", "ask"] {
                try write(
                    #"{"rules": [{"tool": "notes.wipe_notes", "approve": "\#(verdict)"}]}"#,
                    to: rules
                )
                let refused = try await skillweaver.run(arguments + ["--approve", "auto", "--json"])
                #expect(refused.code == 1)
                #expect(refused.output.contains("its step s1 calls notes.wipe_notes"))
                #expect(try text(of: "\(notes.workspace)/b.txt") == "x")
            }
            try write(#"{"rules": [{"tool": "*", "approve": "allow"}]}"#, to: rules)
            let done = try await skillweaver.run(arguments)
            #expect(done.code == 0, "\(done.errors)")
            #expect((try? text(of: "\(notes.workspace)/b.txt")) == nil)
        }
    }

    @Test("runs that are no example are refused, with what to do instead")
    func refusals() async throws {
        try await withSkillWeaver { skillweaver, folder in
            let notes = try await NotesSkill(skillweaver, in: folder)
            func refusal(_ arguments: String...) async throws -> (code: Int, text: String) {
                let outcome = try await skillweaver.run(["skills", "from-run"] + arguments + ["--json"])
                return (outcome.code, outcome.errors)
            }
            let unknown = try await refusal("20260101-000000-aaaaa")
            #expect(unknown.code != 0 && unknown.text.contains("there is no run 20260101-000000-aaaaa"))

            let wipe = #""subtask": "remove", "tool": "wipe_notes", "arguments": {"file": "a.txt"}"#
            let waiting = try await refusal(try await notes.run("Remove a.txt", [wipe], code: 4))
            #expect(waiting.code == 1 && waiting.text.contains("is not finished (waiting)"))
            let failing = #""subtask": "count", "tool": "count_notes", "arguments": {"file": "none.txt"}"#
            let failed = try await refusal(try await notes.run("Count", [failing], code: 1))
            #expect(failed.code == 1 && failed.text.contains("failed; a skill is made of a run that succeeded"))

            let run = try await notes.run("Add Ada to names.txt", NotesSkill.addAndCount)
            #expect(try await refusal(run, "--name", "twice").code == 0)
            let taken = try await refusal(run, "--name", "twice")
            #expect(taken.code == 1 && taken.text.contains("exists already") && taken.text.contains("--force"))
            #expect(try await refusal(run, "--name", "twice", "--force").code == 0)
            #expect(try await refusal(run, "--name", "Not A Name").code == 2)
            let nowhere = try await refusal(run, "--name", "other", "--parameter", "s9.url")
            #expect(nowhere.code == 2 && nowhere.text.contains("no value at 's9.url'"))

            try write("\n# changed\n", to: "\(folder)/skills/notes/helper.py")
            let changed = try await refusal(run, "--name", "changed")
            #expect(changed.code == 1 && changed.text.contains("has changed since run \(run) used it"))
        }
    }

    @Test("parameters are what was said; clashes get the tool's name, wishes are followed, secrets are written nowhere")
    func parameters() async throws {
        try await withSkillWeaver { skillweaver, folder in
            let notes = try await NotesSkill(skillweaver, in: folder)
            let secret = "sk-abcdefgh0123456789"
            let steps = [
                #""subtask": "add Ada", "tool": "add_note", "arguments": {"file": "one.txt", "note": "Ada", "key": "\#(secret)"}"#,
                #""subtask": "add Grace", "tool": "add_note", "arguments": {"file": "two.txt", "note": "Grace", "mark": "+"}"#,
                #""subtask": "count", "tool": "count_notes", "arguments": {"file": "two.txt", "least": 1}"#,
            ]
            let run = try await notes.run("Add Ada to one.txt and Grace to two.txt with \(secret)", steps)
            let made = try await skillweaver(
                "skills",
                "from-run",
                run,
                "--name",
                "two-notes",
                "--parameter",
                "s2.mark=bullet",
                "--constant",
                "s1.note",
                "--json"
            )
            #expect(made.code == 0, "\(made.errors)")
            #expect(
                try made.json["parameters"] == ["add_note_file", "key", "add_note_file_2", "note", "bullet"],
                "two.txt is one parameter, though two steps use it"
            )
            #expect(try made.json["secrets"] == ["key"])
            for file in ["SKILL.md", "schema.json", "plan.json", "examples.json"] {
                let written = try text(of: "\(notes.installed)/two-notes/\(file)")
                #expect(!written.contains(secret), "\(file)")
            }
            let tested = try await skillweaver("skills", "test", "\(notes.installed)/two-notes", "--sandbox", "off")
            #expect(tested.code == 0 && tested.output.contains("it needs the secret key"), "\(tested.output)")
        }
    }

    @Test("a run with nothing to ask for becomes a skill that does the same each time, and names itself")
    func constant() async throws {
        try await withSkillWeaver { skillweaver, folder in
            let notes = try await NotesSkill(skillweaver, in: folder)
            let run = try await notes.run("Please keep the usual notes", NotesSkill.addAndCount)
            let made = try await skillweaver("skills", "from-run", run, "--json")
            #expect(made.code == 0, "\(made.errors)")
            #expect(try made.json["name"] == "keep-usual-notes")
            #expect(try made.json["parameters"] == ["note"], "the sub-task names it, the request does not")
            let none = try await skillweaver(
                "skills",
                "from-run",
                run,
                "--constant",
                "s1.note",
                "--name",
                "same",
                "--description",
                "Adds Ada.",
                "--json"
            )
            #expect(try none.json["parameters"] == [])
            let document = try text(of: "\(notes.installed)/same/SKILL.md")
            #expect(document.contains("description: \"Adds Ada.\"") && document.contains("None: it does the same"))
        }
    }

    @Test("values a person gave are asked for, lists and conditions too, and files come along when they are to")
    func answers() async throws {
        try await withSkillWeaver { skillweaver, folder in
            let notes = try await NotesSkill(skillweaver, in: folder)
            try write("a\nb\n", to: "\(notes.workspace)/given.txt")
            let plan = "\(folder)/open.json"
            try write(
                """
                {"request": "Count, and mark x and y when there are more than 1", "steps": [
                  {"id": "s1", "subtask": "count", "skill": "notes", "tool": "count_notes"},
                  {"id": "s2", "subtask": "mark", "skill": "notes", "tool": "add_note", "depends_on": ["s1"],
                   "for_each": {"list": ["x", "y"]}, "arguments": {"file": "marks.txt", "note": {"$item": ""}},
                   "when": {"left": {"$from": "s1", "path": "/count"}, "is": "above", "right": 1}}],
                 "questions": [{"step": "s1", "argument": "file", "text": "Which file?"}]}
                """,
                to: plan
            )
            let ran = try await skillweaver(
                "run",
                "--plan",
                plan,
                "--library",
                "notes",
                "--workspace",
                notes.workspace,
                "--sandbox",
                "off",
                "--answer",
                "s1.file=given.txt",
                "--json"
            )
            #expect(ran.code == 0, "\(ran.errors)\(ran.output)")
            let run = try #require(try ran.lines.first?["run"]?.stringValue)
            let made = try await skillweaver("skills", "from-run", run, "--name", "marks", "--with-files", "--json")
            #expect(made.code == 0, "\(made.errors)")
            #expect(try made.json["parameters"] == ["file", "items", "count_limit"])
            #expect(try text(of: "\(notes.installed)/marks/example-files/given.txt") == "a\nb\n")
            let tested = try await skillweaver(
                "skills",
                "test",
                "\(notes.installed)/marks",
                "--sandbox",
                "off",
                "--json"
            )
            #expect(tested.code == 0, "\(tested.output)")
        }
    }
}

@Suite(
    "skillweaver skills from-run --store",
    .postgreSQL,
    .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence),
    .enabled(if: PostgreSQLServer.isInstalled, PostgreSQLServer.absence)
)
struct FromSharedRunTests {
    @Test("a run that a database keeps becomes a skill too, in the project that is worked in")
    func database() async throws {
        let store = PostgreSQLServer.text(of: try #require(PostgreSQLServer.current).database())
        try await withSkillWeaver { program, folder in
            var skillweaver = program
            let notes = try await NotesSkill(skillweaver, in: folder)
            let run = try await notes.run("Add Ada to names.txt", NotesSkill.addAndCount, code: 0, "--store", store)
            try write("", to: "\(folder)/project/.skillweaver/skills/.keep")
            skillweaver.workingDirectory = "\(folder)/project"
            let made = try await skillweaver("skills", "from-run", run, "--name", "shared", "--store", store, "--json")
            #expect(made.code == 0, "\(made.errors)")
            #expect(try made.json["folder"]?.stringValue?.hasSuffix("/project/.skillweaver/skills/shared") == true)
            let listed = try await skillweaver("skills", "list", "--project", "--json")
            #expect(listed.output.contains(#""trusted""#))
            let missing = try await skillweaver("skills", "from-run", run, "--json")
            #expect(missing.code != 0, "the run is in the database, not in the file of this machine")
        }
    }
}
