package import JSONSchema
import PlanComposition
import Storage

/// A plan with open places: what a skill does whose folder holds `plan.json` instead of code.
///
/// `{"format": "skillweaver-plan-1", "tool": NAME, "plan": PLAN, "result": VALUE, "skills": {ID: HASH}}`. In the plan
/// `{"$parameter": "url"}` stands for an argument of the tool. The result is a value in which `{"$from": "s3", "path": ""}`
/// stands for what a step returned. The hashes are those the skills of the steps had when the template was made.
package struct PlanTemplate: Sendable, Hashable {
    package static let fileName = "plan.json"
    package static let format = "skillweaver-plan-1"
    private static let maximumBytes = 1 << 20
    private static let maximumDepth = 64

    /// Name of the tool that carries it out.
    package var tool: String
    /// The plan as JSON, with its open places.
    package var plan: JSONValue
    package var result: JSONValue
    /// Hashes of the skills that the steps use, by id; nil where one had no folder.
    package var skills: [String: String?]

    package init(tool: String, plan: JSONValue, result: JSONValue, skills: [String: String?]) {
        self.tool = tool
        self.plan = plan
        self.result = result
        self.skills = skills
    }

    package var json: JSONValue {
        let skills = skills.sorted { $0.key < $1.key }.map { ($0.key, JSONValue($0.value)) }
        return [
            "format": .string(Self.format), "tool": .string(tool), "plan": plan, "result": result,
            "skills": .object(JSONObject(skills)),
        ]
    }

    /// Why a file is no template.
    struct Fault: Error, Hashable {
        var message: String
    }

    /// Reads the template of a skill; nil where its folder has no `plan.json` of this format.
    ///
    /// - Throws: `Fault` for one that claims the format and cannot be used.
    init?(folder: String) throws(Fault) {
        let file = "\(folder)/\(Self.fileName)"
        guard FileSystem.exists(file) else { return nil }
        let json: JSONValue
        do {
            json = try JSONParser.parse(utf8: try FileSystem.read(file, limit: Self.maximumBytes))
        } catch {
            throw Fault(message: "\(Self.fileName) cannot be read: \(error)")
        }
        guard json["format"] == .string(Self.format) else { return nil }
        guard let tool = json["tool"]?.stringValue, let plan = json["plan"], let result = json["result"],
            let skills = json["skills"]?.objectValue
        else { throw Fault(message: "\(Self.fileName) needs the members tool, plan, result and skills") }
        self.init(
            tool: tool,
            plan: plan,
            result: result,
            skills: Dictionary(skills.map { ($0.key, $0.value.stringValue) }, uniquingKeysWith: { first, _ in first })
        )
    }

    /// The plan for one call, every open place filled.
    ///
    /// - Throws: `Fault` for an argument that is missing or that would be read as a reference, and for what is no plan.
    func plan(with arguments: JSONObject) throws(Fault) -> Plan {
        for (name, value) in arguments where Self.refers(value) {
            throw Fault(message: "\(name) holds a member $from, $item or $parameter, which only a plan may have")
        }
        let filled = try Self.filled(plan, with: arguments, depth: 0)
        do {
            return try Plan(json: filled)
        } catch {
            throw Fault(message: "\(Self.fileName) holds no plan: \(error)")
        }
    }

    /// What the tool returns, from the results of a run of its plan; a step that was skipped counts as null.
    func result(of state: RunState) -> JSONValue { Self.resolved(result, in: state, depth: 0) }

    private static func filled(
        _ value: JSONValue,
        with arguments: JSONObject,
        depth: Int
    ) throws(Fault) -> JSONValue {
        guard depth < maximumDepth else { throw Fault(message: "\(fileName) is nested too deeply") }
        switch value {
        case .array(let elements):
            var all: [JSONValue] = []
            for element in elements { all.append(try filled(element, with: arguments, depth: depth + 1)) }
            return .array(all)
        case .object(let members):
            if members.count == 1, let name = members["$parameter"]?.stringValue {
                guard let argument = arguments[name] else { throw Fault(message: "the argument \(name) is missing") }
                return argument
            }
            var all = JSONObject()
            for (name, member) in members { all[name] = try filled(member, with: arguments, depth: depth + 1) }
            return .object(all)
        default: return value
        }
    }

    private static func resolved(_ value: JSONValue, in state: RunState, depth: Int) -> JSONValue {
        guard depth < maximumDepth else { return .null }
        if case .reference(let reference) = OutputReference.read(value) {
            return (try? state.value(of: reference)) ?? .null
        }
        switch value {
        case .array(let elements): return .array(elements.map { resolved($0, in: state, depth: depth + 1) })
        case .object(let members):
            return .object(JSONObject(members.map { ($0.key, resolved($0.value, in: state, depth: depth + 1)) }))
        default: return value
        }
    }

    private static func refers(_ value: JSONValue) -> Bool {
        switch value {
        case .object(let members):
            members.contains { ["$from", "$item", "$parameter"].contains($0.key) || refers($0.value) }
        case .array(let elements): elements.contains(where: refers)
        default: false
        }
    }
}
