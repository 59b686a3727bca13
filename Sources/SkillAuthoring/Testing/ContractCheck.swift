import JSONSchema
import SkillCatalog

/// Compares what a skill's `schema.json` promises with what its functions are.
enum ContractCheck {
    /// Every schema of every tool can be used for validation.
    static func schemas(of skill: Skill) -> [TestReport.Check] {
        skill.tools.map { tool in
            for (word, schema) in [("input", tool.inputSchema), ("output", tool.outputSchema)] {
                guard let schema else { continue }
                do throws(SchemaError) {
                    _ = try Schema(schema)
                } catch {
                    return .init("schemas", tool.name, .failed, "the \(word) schema is unusable: \(error)")
                }
            }
            return .init("schemas", tool.name, .passed)
        }
    }

    /// Every function has the parameters of its schema, and asks for those that are required.
    ///
    /// - Parameter signatures: by name of the function, as the runner describes them.
    static func functions(of skill: Skill, _ signatures: JSONObject) -> [TestReport.Check] {
        skill.tools.map { tool in
            guard let signature = signatures[tool.name] else {
                return .init("functions", tool.name, .failed, "tools.py has no function of that name")
            }
            let fault = problem(of: tool, signature)
            return .init("functions", tool.name, fault == nil ? .passed : .failed, fault ?? "")
        }
    }

    private static func problem(of tool: Tool, _ signature: JSONValue) -> String? {
        let described = tool.inputSchema?["properties"]?.objectValue?.keys ?? []
        let required = Set((tool.inputSchema?["required"]?.arrayValue ?? []).compactMap(\.stringValue))
        var taken: Set<String> = []
        for parameter in signature["parameters"]?.arrayValue ?? [] {
            guard let name = parameter["name"]?.stringValue else { continue }
            taken.insert(name)
            let hasDefault = parameter["has_default"]?.boolValue ?? false
            if !described.contains(name) {
                // One that is never given must do without.
                if !hasDefault { return "the function needs '\(name)', which the schema does not have" }
                continue
            }
            if !hasDefault, !required.contains(name) {
                return "the function needs '\(name)', which the schema does not require"
            }
        }
        if signature["takes_any"]?.boolValue == true { return nil }
        let untaken = described.filter { !taken.contains($0) }
        guard let first = untaken.first else { return nil }
        return "the schema has '\(first)', which the function does not take"
    }
}
