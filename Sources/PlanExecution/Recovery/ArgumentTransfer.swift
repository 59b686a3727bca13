package import JSONSchema
import PlanComposition
package import SkillCatalog

/// Hands what one tool would get to another, under the names that one uses.
package enum ArgumentTransfer {
    /// Least likeness of an old and a new port that stand for the same value.
    static let leastFit = 0.55

    /// Why a tool cannot take over.
    package struct Unfit: Error {
        package var text: String
    }

    /// What the planned tool would get, under the names of the new one.
    package static func arguments(_ known: JSONObject, from planned: Tool, to tool: Tool) throws(Unfit) -> JSONObject {
        guard let schema = tool.inputSchema, let inputs = SchemaPorts.inputs(schema) else {
            // Where neither says what it takes, nothing speaks against the same arguments.
            guard known.isEmpty || planned.inputSchema == nil else {
                throw Unfit(text: "it does not say what it takes")
            }
            return known
        }
        let ports = planned.inputSchema.flatMap(SchemaPorts.inputs) ?? []
        let old = Dictionary(ports.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var left = known
        var bound = JSONObject()
        for input in inputs {
            guard let value = left[input.name], fits(old[input.name], input) else { continue }
            bound[input.name] = value
            left[input.name] = nil
        }
        for input in inputs where input.isRequired && bound[input.name] == nil {
            let best = left.keys.compactMap { name in
                old[name].map { (name: name, score: likeness($0, input)) }
            }.max { $0.score < $1.score }
            if let best, best.score >= leastFit {
                bound[input.name] = left[best.name]
                left[best.name] = nil
            } else if schema["properties"]?[input.name]?["default"] == nil {
                throw Unfit(text: "nothing fits its argument \(input.name)")
            }
        }
        // A tool that has no place for what the task is about does something else.
        let needed = ports.filter(\.isRequired).map(\.name)
        if let lost = needed.first(where: { left[$0] != nil }) { throw Unfit(text: "it has no place for \(lost)") }
        return bound
    }

    /// How far a new port stands for the same value as an old one, 0…1.
    ///
    /// Two files, or two addresses, of one kind are alike whatever they are called; of plain values the names decide.
    static func likeness(_ one: IOPort, _ other: IOPort) -> Double {
        let score = Compatibility.fit(one, other).score
        let isSameKind = one.type == other.type && one.isCollection == other.isCollection
        return isSameKind && one.carrier == other.carrier && one.carrier != .value ? max(score, 0.7) : score
    }

    static func fits(_ old: IOPort?, _ new: IOPort) -> Bool {
        guard let old, let from = old.jsonType, let to = new.jsonType else { return true }
        return from == to && old.isCollection == new.isCollection || (from == "integer" && to == "number")
    }
}
