import JSONSchema
import TestSupport
import Testing

/// A skill whose calls leave a line each in a file, so that effects can be counted from outside.
struct LedgerSkill {
    let skillweaver: SkillWeaverCommand
    let folder: String

    var workspace: String { "\(folder)/workspace" }

    /// Indexes the skill as the library `ledger`.
    init(_ skillweaver: SkillWeaverCommand, in folder: String) async throws {
        self.skillweaver = skillweaver
        self.folder = folder
        try write(
            "---\nname: ledger\ndescription: Writes lines into a ledger.\n---\n# Ledger\n",
            to: "\(folder)/skills/ledger/SKILL.md"
        )
        try write(Self.schema, to: "\(folder)/skills/ledger/schema.json")
        try write(Self.tools, to: "\(folder)/skills/ledger/tools.py")
        try write("", to: "\(workspace)/ledger.txt")
        let indexed = try await skillweaver("index", "\(folder)/skills", "--library", "ledger")
        #expect(indexed.code == 0, "\(indexed.errors)")
    }

    /// The lines the calls left.
    var lines: [String] {
        get throws { try text(of: "\(workspace)/ledger.txt").split(separator: "\n").map(String.init) }
    }

    /// Writes a plan whose steps come one after the other, and gives its file.
    func chain(_ tools: [String], arguments: (Int) -> String = { #"{"name": "s\#($0)"}"# }) throws -> String {
        let steps = tools.enumerated().map { index, tool in
            let after = index == 0 ? "" : "\"s\(index)\""
            return """
                {"id": "s\(index + 1)", "subtask": "write line \(index + 1)", "skill": "ledger", "tool": "\(tool)",
                 "depends_on": [\(after)], "arguments": \(arguments(index + 1))}
                """
        }
        let file = "\(folder)/plan.json"
        try write(#"{"request": "write the ledger", "steps": [\#(steps.joined(separator: ","))]}"#, to: file)
        return file
    }

    /// Arguments of `run` for a plan over this skill.
    func runArguments(_ plan: String, _ more: String...) -> [String] {
        ["run", "--plan", plan, "--library", "ledger", "--workspace", workspace, "--sandbox", "off"] + more
    }

    private static let schema = """
        [
          {"name": "write_once", "description": "Write a line once.",
           "input_schema": {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]},
           "annotations": {"destructiveHint": false, "idempotencyKeyHint": true}},
          {"name": "write_line", "description": "Write a line.",
           "input_schema": {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]},
           "annotations": {"destructiveHint": false}},
          {"name": "wipe", "description": "Wipe a line.",
           "input_schema": {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}},
          {"name": "refuse", "description": "Refuse.", "input_schema": {"type": "object", "properties": {}},
           "annotations": {"readOnlyHint": true}}
        ]
        """

    private static let tools = """
        import fcntl, time


        def _write(line, once):
            with open("ledger.txt", "r+") as ledger:
                fcntl.flock(ledger, fcntl.LOCK_EX)
                if once and line in ledger.read().split():
                    return
                ledger.seek(0, 2)
                ledger.write(line + "\\n")


        def write_once(name, idempotency_key=""):
            time.sleep(0.01)
            _write(name + ":" + idempotency_key, True)
            time.sleep(0.01)
            return {"name": name}


        def write_line(name):
            time.sleep(0.01)
            _write(name, False)
            time.sleep(0.01)
            return {"name": name}


        def wipe(name):
            _write("wiped-" + name, False)
            return {"name": name}


        def refuse():
            raise RuntimeError("it refuses")
        """
}
