import JSONSchema
import TestSupport
import Testing

/// A skill that writes notes into the workspace, for plans that are run, distilled and run again.
struct NotesSkill {
    let skillweaver: SkillWeaverCommand
    let folder: String

    var workspace: String { "\(folder)/workspace" }
    var installed: String { "\(skillweaver.home)/skillweaver/skills" }

    /// Indexes the skill as the library `notes`.
    init(_ skillweaver: SkillWeaverCommand, in folder: String) async throws {
        self.skillweaver = skillweaver
        self.folder = folder
        try write(
            "---\nname: notes\ndescription: Writes and counts notes in files.\n---\n# Notes\n",
            to: "\(folder)/skills/notes/SKILL.md"
        )
        try write(Self.schema, to: "\(folder)/skills/notes/schema.json")
        try write(Self.tools, to: "\(folder)/skills/notes/tools.py")
        try write("", to: "\(workspace)/.keep")
        let indexed = try await skillweaver("index", "\(folder)/skills", "--library", "notes")
        #expect(indexed.code == 0, "\(indexed.errors)")
    }

    /// Runs a plan of these steps and gives the run's id.
    ///
    /// - Parameter steps: the members of each step beside its id, the skill and what it waits for.
    func run(_ request: String, _ steps: [String], code: Int = 0, _ more: String...) async throws -> String {
        let plan = "\(folder)/plan.json"
        try write(Self.plan(request, steps), to: plan)
        let arguments = [
            "run", "--plan", plan, "--library", "notes", "--workspace", workspace, "--sandbox", "off", "--json",
        ]
        let outcome = try await skillweaver.run(arguments + more)
        #expect(outcome.code == code, "\(outcome.errors)\(outcome.output)")
        return try #require(try outcome.lines.first?["run"]?.stringValue)
    }

    static func plan(_ request: String, _ steps: [String], skill: String = "notes") -> String {
        let all = steps.enumerated().map { index, members in
            let after = index == 0 ? "" : "\"s\(index)\""
            return #"{"id": "s\#(index + 1)", "depends_on": [\#(after)], "skill": "\#(skill)", \#(members)}"#
        }
        return #"{"request": "\#(request)", "steps": [\#(all.joined(separator: ","))]}"#
    }

    static let addAndCount = [
        #""subtask": "add Ada", "tool": "add_note", "arguments": {"file": "names.txt", "note": "Ada", "mark": "-"}"#,
        #""subtask": "count", "tool": "count_notes", "arguments": {"file": {"$from": "s1", "path": "/file"}}"#,
    ]

    private static let schema = """
        [
          {"name": "add_note", "description": "Add a note to a file.",
           "input_schema": {"type": "object", "properties": {
             "file": {"type": "string", "description": "The file."}, "note": {"type": "string"},
             "mark": {"type": "string"}, "key": {"type": "string"}}, "required": ["file", "note"]},
           "output_schema": {"type": "object", "properties": {"file": {"type": "string"}}, "required": ["file"]},
           "annotations": {"destructiveHint": false}},
          {"name": "count_notes", "description": "Count the notes of a file.",
           "input_schema": {"type": "object", "properties": {"file": {"type": "string"}, "least": {"type": "integer"}},
                            "required": ["file"]},
           "output_schema": {"type": "object", "properties": {"count": {"type": "integer"}}, "required": ["count"]},
           "annotations": {"readOnlyHint": true}},
          {"name": "wipe_notes", "description": "Remove a file.",
           "input_schema": {"type": "object", "properties": {"file": {"type": "string"}}, "required": ["file"]}}
        ]
        """

    private static let tools = """
        import os


        def add_note(file, note, mark="*", key=""):
            with open(file, "a", encoding="utf-8") as notes:
                notes.write(f"{mark} {note}\\n")
            return {"file": file}


        def count_notes(file, least=0):
            with open(file, encoding="utf-8") as notes:
                count = len(notes.readlines())
            if count < least:
                raise ValueError(f"there are only {count} notes")
            return {"count": count}


        def wipe_notes(file):
            os.remove(file)
            return {"wiped": file}
        """
}
