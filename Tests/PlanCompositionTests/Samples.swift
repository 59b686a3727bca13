import JSONSchema
import LanguageModels
import SkillCatalog
import SkillRetrieval

@testable import PlanComposition

/// Skills and plans that several suites use.
enum Samples {
    static func skill(_ id: String, _ tools: Tool..., description: String = "") -> Skill {
        Skill(
            id: id,
            name: id,
            description: description,
            tools: tools,
            origin: SkillOrigin(source: "test", file: "test")
        )
    }

    /// A tool whose parameters and results are JSON Schema properties; those with `!` in front are required.
    static func tool(_ name: String, takes: JSONObject = [:], returns: JSONObject = [:]) -> Tool {
        var properties = JSONObject()
        var required: [String] = []
        for (key, value) in takes {
            let isRequired = key.hasPrefix("!")
            let plain = isRequired ? String(key.dropFirst()) : key
            properties[plain] = value
            if isRequired { required.append(plain) }
        }
        return Tool(
            name: name,
            description: "",
            inputSchema: ["type": "object", "properties": .object(properties), "required": JSONValue(required)],
            outputSchema: ["type": "object", "properties": .object(returns)]
        )
    }

    static func signature(takes: JSONObject = [:], returns: JSONObject = [:]) -> IOSignature {
        IOSignature(tool("t", takes: takes, returns: returns))
    }

    static let httpFetch = skill(
        "http-fetch",
        tool(
            "download",
            takes: ["!url": ["type": "string", "format": "uri"], "output": ["type": "string"]],
            returns: ["path": ["type": "string", "description": "Path of the file"], "bytes": ["type": "integer"]]
        )
    )
    static let etl = skill(
        "etl-pipeline",
        tool(
            "transform",
            takes: ["!path": ["type": "string", "description": "File to read"]],
            returns: ["path": ["type": "string"], "rows": ["type": "integer"]]
        )
    )
    static let chartGen = skill(
        "chart-gen",
        tool(
            "report",
            takes: ["!csv_path": ["type": "string"], "!title": ["type": "string", "description": "Heading"]],
            returns: ["html_path": ["type": "string"]]
        )
    )
    static let library = Dictionary(uniqueKeysWithValues: [httpFetch, etl, chartGen].map { ($0.id, $0) })

    /// The plan of the running example, composed.
    static let example: Plan = {
        let request = MarkedRequest(
            "[Download the dataset from https://example.org/sales.csv], [transform it], and [create a visual report]"
        )
        return Composer().compose(
            CompositionInput(
                request: request.text,
                decomposer: "local",
                subtasks: request.subtasks,
                candidates: [
                    [Candidate(skill: "http-fetch", tool: "download", score: 0.61)],
                    [Candidate(skill: "etl-pipeline", tool: "transform", score: 0.44444)],
                    [Candidate(skill: "chart-gen", tool: "report", score: 0.57)],
                ],
                skills: library
            )
        )
    }()

    /// A plan of bare steps: `["s1": [], "s2": ["s1"]]` in this order.
    static func plan(_ steps: KeyValuePairs<String, [String]>) -> Plan {
        Plan(
            request: "r",
            decomposer: "d",
            steps: steps.map { id, dependencies in
                PlanStep(id: id, subtask: Subtask(id: id, text: "do \(id)"), skill: "x", dependsOn: dependencies)
            }
        )
    }
}
