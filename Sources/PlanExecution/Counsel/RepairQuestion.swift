import JSONSchema
import PlanComposition
import SkillCatalog
import SkillRetrieval

/// A call whose arguments its tool refuses, as a language model may see it: without private data.
package struct RepairQuestion: Sendable, Hashable {
    var task: TaskID
    /// What the step is to do.
    var subtask: String
    var tool: Tool
    var schema: JSONValue
    /// What the tool was called with.
    var arguments: JSONObject
    /// Names of arguments that come from private sources; their values stay here.
    var withheld: Set<String>
    /// What the tool said, without the values that are withheld.
    var error: String

    /// Nil where the tool says nothing about what it takes.
    init?(_ task: TaskID, _ failure: ToolFailure, _ state: RunState) {
        guard let position = state.graph.positions[task.step],
            let known = state.steps[position].active[task.element ?? 0],
            let tool = state.definition.tool(known.tool, of: known.skill), let schema = tool.inputSchema
        else { return nil }
        let step = state.definition.plan.steps[position]
        self.task = task
        subtask = step.subtask.text
        self.tool = tool
        self.schema = schema
        arguments = known.arguments ?? [:]
        let plan = state.definition.plan
        let carriers = PrivateFlow.carriers(plan) { state.definition.skills[$0] }
        let template = known.template ?? step.arguments ?? [:]
        let isAboutPrivateList = step.forEach.map { Self.mentions(carriers, $0.list) } ?? false
        let withheld = Set(
            template.filter { _, value in
                Self.mentions(carriers, value) || (isAboutPrivateList && !ItemReference.all(in: value).isEmpty)
            }.map(\.key)
        )
        self.withheld = withheld
        let secrets = (known.arguments ?? [:]).filter { withheld.contains($0.key) }.flatMap { Self.texts(in: $0.value) }
        error = SecretRedactor(secrets).redacted(failure.message)
    }

    private static func mentions(_ steps: Set<String>, _ value: JSONValue) -> Bool {
        OutputReference.all(in: value).contains { reading in
            if case .reference(let reference) = reading { steps.contains(reference.step) } else { false }
        }
    }

    private static func texts(in value: JSONValue) -> [String] {
        switch value {
        case .string(let text): text.utf8.count >= 4 ? [text] : []
        case .integer, .number: [value.serialized()].filter { $0.utf8.count >= 4 }
        case .array(let elements): elements.flatMap(texts)
        case .object(let members): members.flatMap { texts(in: $0.value) }
        default: []
        }
    }

    /// What stands for a withheld value.
    static func placeholder(_ name: String) -> JSONValue { ["$private": .string(name)] }

    /// The arguments as a model may see them.
    var shown: JSONObject {
        JSONObject(arguments.map { ($0.key, withheld.contains($0.key) ? Self.placeholder($0.key) : $0.value) })
    }

    /// A model's arguments with what was withheld from it put back.
    func restored(_ value: JSONValue) -> JSONValue {
        if let members = value.objectValue, members.count == 1, let name = members["$private"]?.stringValue {
            return withheld.contains(name) ? arguments[name] ?? value : value
        }
        return switch value {
        case .array(let elements): .array(elements.map(restored))
        case .object(let members): .object(JSONObject(members.map { ($0.key, restored($0.value)) }))
        default: value
        }
    }
}
