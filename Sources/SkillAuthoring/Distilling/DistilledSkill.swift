import JSONSchema
import PlanComposition
import PlanExecution
import SkillCatalog
import SkillRetrieval

/// The files of a skill that was made of a run.
struct DistilledSkill {
    var name: String
    var description: String
    /// The run it was made of.
    var run: String
    var distilled: DistilledPlan
    /// Hashes of the folders of the skills that the steps use.
    var fingerprints: [String: String]

    /// Name of its one tool; never the skill's own.
    var tool: String { "run_" + name.replacing("-", with: "_") }

    /// By path from the folder.
    var files: [String: String] {
        [
            "SKILL.md": document, "schema.json": Self.text([schema]), PlanTemplate.fileName: Self.text(template.json),
            SkillExamples.fileName: Self.text([example]),
        ]
    }

    private static func text(_ value: JSONValue) -> String { value.serialized(.indented) + "\n" }

    // MARK: - Plan

    private var steps: [PlanStep] { distilled.plan.steps }

    private var template: PlanTemplate {
        var skills: [String: String?] = [:]
        for step in steps { if let id = step.skill { skills[id] = .some(fingerprints[id]) } }
        // Times, tokens and groups are of the run, and no part of what is to be done.
        let kept = ["request", "steps", "flags"]
        let members = distilled.plan.json.objectValue?.filter { kept.contains($0.key) } ?? []
        var plan = JSONObject(members.map { ($0.key, $0.value) })
        plan["request"] = .string(said(distilled.plan.request))
        plan["steps"] = .array(steps.map(step))
        return PlanTemplate(tool: tool, plan: .object(plan), result: distilled.result, skills: skills)
    }

    private func step(_ step: PlanStep) -> JSONValue {
        let all = Plan(request: "", decomposer: "", steps: [step]).json["steps"]?.arrayValue?.first?.objectValue ?? [:]
        let kept = ["id", "subtask", "skill", "tool", "depends_on", "arguments", "for_each", "when"]
        var members = JSONObject(all.filter { kept.contains($0.key) && $0.value != .null }.map { ($0.key, $0.value) })
        members["subtask"] = .string(said(step.subtask.text))
        return .object(members)
    }

    /// A text of the run without the secrets in it.
    private func said(_ text: String) -> String { distilled.signs.redacted(text) }

    // MARK: - Schema

    private var isReadOnly: Bool { distilled.tools.allSatisfy(\.annotations.isReadOnly) }
    private var isDestructive: Bool {
        !distilled.plan.flags.isEmpty || distilled.tools.contains(where: \.annotations.isDestructive)
    }

    private var schema: JSONValue {
        let properties = distilled.parameters.map { parameter -> (String, JSONValue) in
            var schema = parameter.schema.objectValue ?? [:]
            if schema["description"] == nil {
                schema["description"] = .string("The \(parameter.name.replacing("_", with: " ")).")
            }
            if let recorded = parameter.recorded { schema["examples"] = [recorded] }
            return (parameter.name, .object(schema))
        }
        var tool: JSONObject = [
            "name": .string(self.tool), "description": .string(description),
            "input_schema": [
                "type": "object", "properties": .object(JSONObject(properties)),
                "required": JSONValue(distilled.parameters.map(\.name)), "additionalProperties": false,
            ],
        ]
        tool["output_schema"] = distilled.outputSchema
        tool["annotations"] = [
            "readOnlyHint": .bool(isReadOnly), "destructiveHint": .bool(isDestructive),
            "idempotentHint": .bool(distilled.tools.allSatisfy(\.annotations.isIdempotent)),
            "openWorldHint": .bool(isOpen), "idempotencyKeyHint": true,
        ]
        return .object(tool)
    }

    private var isOpen: Bool { distilled.tools.contains { $0.annotations.openWorldHint ?? false } }

    // MARK: - Test

    private var example: JSONValue {
        var example: JSONObject = [
            "tool": .string(tool),
            "arguments": .object(
                JSONObject(distilled.parameters.compactMap { one in one.recorded.map { (one.name, $0) } })
            ),
            "result_schema": ResultShape.schema(of: distilled.recorded),
        ]
        let secrets = distilled.parameters.filter(\.isSecret).map(\.name)
        var needs = secrets.map { "the secret \($0)" }
        if isOpen { needs.append("the network") }
        if !distilled.files.isEmpty { example["files"] = JSONValue(distilled.files) }
        if !needs.isEmpty { example["needs"] = JSONValue(needs) }
        return .object(example)
    }

    // MARK: - Document

    private var document: String {
        """
        ---
        name: \(name)
        description: \(JSONValue.string(description).serialized())
        metadata:
          distilled-from: \(JSONValue.string(run).serialized())
        ---

        # \(SkillScaffold.title(of: name))

        \(description)

        ## When to use

        - The same is wanted as in: \(Self.line(said(distilled.plan.request)))
        - The values below are known, or can be asked for.

        ## Inputs

        \(inputs)

        ## Steps

        \(steps.enumerated().map { "\($0 + 1). \(line(of: $1))" }.joined(separator: "\n"))

        ## Conventions

        - Call `\(tool)`; it carries out the steps as one run, and does nothing twice when it is called again.
        - \(isDestructive ? "Ask the user before: a step may change or destroy what exists." : "No step destroys anything.")
        - A step that fails ends the call and says which one it was.

        """
    }

    private var inputs: String {
        guard !distilled.parameters.isEmpty else { return "None: it does the same each time." }
        return distilled.parameters.map { parameter in
            let said =
                parameter.recorded.map { "for example \(Self.code($0.serialized()))" } ?? "a secret; never written down"
            let about = parameter.schema["description"]?.stringValue.map { Self.line($0) + " " } ?? ""
            return "- `\(parameter.name)`: \(about)(\(said))"
        }.joined(separator: "\n")
    }

    private func line(of step: PlanStep) -> String {
        let after = step.dependsOn.isEmpty ? "" : ", after \(step.dependsOn.joined(separator: ", "))"
        let each = step.forEach == nil ? "" : ", for each element of a list"
        let when = step.condition == nil ? "" : ", where its condition holds"
        return
            "`\(step.qualifiedName ?? step.id)` (\(step.id)\(after)\(each)\(when)): \(Self.line(said(step.subtask.text)))"
    }

    /// One line of bounded length; what stands in it is somebody's words.
    static func line(_ text: String, to maximum: Int = 300) -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let clean = String(
            String.UnicodeScalarView(line.unicodeScalars.filter { $0.properties.generalCategory != .control })
        )
        return clean.count > maximum ? "\(clean.prefix(maximum))…" : clean
    }

    private static func code(_ text: String) -> String { "`\(line(text, to: 120).replacing("`", with: "'"))`" }
}
