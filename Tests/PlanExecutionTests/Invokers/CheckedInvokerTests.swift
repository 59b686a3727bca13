import FoundationEssentials
import JSONSchema
import PlanExecution
import SkillCatalog
import TestSupport
import Testing

@Suite("A checked call")
struct CheckedInvokerTests {
    private static let tool = Tool(
        name: "work",
        description: "Works.",
        inputSchema: [
            "type": "object",
            "properties": [
                "count": ["type": "integer", "minimum": 1, "description": "How many rows to make."],
                "name": ["type": "string"],
            ],
            "required": ["name"], "additionalProperties": false,
        ],
        outputSchema: ["type": "object", "properties": ["rows": ["type": "array"]], "required": ["rows"]]
    )

    private static let skill = Skill(
        id: "checked",
        name: "checked",
        description: "Checked.",
        tools: [tool],
        origin: SkillOrigin(source: "test", file: "test")
    )

    private func invoke(
        _ arguments: JSONObject,
        in folder: String,
        spillBytes: Int = 1000,
        answering value: JSONValue
    ) async throws -> JSONValue {
        let workspace = RunWorkspace(folder: folder, results: "\(folder)/kept")
        let closures = ClosureInvoker(["checked.work": { _ in value }])
        let limits = CallLimits(maximumResultBytes: 1 << 20, spillBytes: spillBytes)
        let call = ToolCall(
            skill: Self.skill,
            tool: Self.tool,
            arguments: arguments,
            idempotencyKey: "k",
            limits: limits
        )
        return try await CheckedInvoker(closures, workspace: workspace).invoke(call).value
    }

    @Test(
        "is refused with the place, the problem and the schema's own words",
        arguments: [
            (["name": "x", "count": 0], "/count", "How many rows to make."),
            (["count": 1], "", "name"),
            (["name": "x", "nmae": 1], "nmae", "count, name"),
            (["name": 3], "/name", "string"),
        ] as [(JSONObject, String, String)]
    )
    func arguments(arguments: JSONObject, place: String, words: String) async throws {
        try await withTemporaryFolder { folder in
            let failure = await #expect(throws: ToolFailure.self) {
                try await invoke(arguments, in: folder, answering: ["rows": []])
            }
            #expect(
                failure?.kind == .invalidInput && failure?.code == "arguments-schema"
                    && failure?.effect == ToolFailure.Effect.none
            )
            #expect(failure?.message.contains(place) == true)
            #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
        }
    }

    @Test(
        "fails when the result is not what was declared, too deep, too large or no number",
        arguments: [
            ("result-schema", ["columns": 1]), ("result-schema", [1]), ("result-not-json", ["rows": [.number(.nan)]]),
            ("result-too-deep", ["rows": (0..<200).reduce(JSONValue.null) { inner, _ in [inner] }]),
            ("result-too-large", ["rows": [.string(String(repeating: "x", count: 2 << 20))]]),
        ] as [(String, JSONValue)]
    )
    func results(code: String, value: JSONValue) async throws {
        try await withTemporaryFolder { folder in
            let failure = await #expect(throws: ToolFailure.self) {
                try await invoke(["name": "x"], in: folder, answering: value)
            }
            #expect(failure?.kind == .permanent && failure?.code == code && failure?.effect == .unknown)
        }
    }

    @Test("keeps a large result in a file, and a place in it can still be read")
    func spilling() async throws {
        try await withTemporaryFolder { folder in
            let value: JSONValue = ["rows": .array((0..<500).map { ["number": JSONValue($0)] })]
            let answer = try await invoke(["name": "x"], in: folder, answering: value)
            let handle = try #require(ResultHandle(answer))
            #expect(handle.json == answer && handle.bytes == value.serialized().utf8.count)
            let store = ResultStore(RunWorkspace(folder: folder, results: "\(folder)/kept"))
            let pointer = try #require(JSONPointer("/rows/499/number"))
            let number = try await store.value(at: pointer, of: answer)
            #expect(number == 499)
            let whole = try await store.value(at: JSONPointer(), of: answer)
            #expect(whole == value)
            let again = try await invoke(["name": "x"], in: folder, answering: value)
            #expect(again == answer)
            let files = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/kept")
            #expect(files == ["\(handle.hash).json"])
        }
    }

    @Test("leaves a small result as it is")
    func small() async throws {
        try await withTemporaryFolder { folder in
            let answer = try await invoke(["name": "x"], in: folder, answering: ["rows": [1]])
            #expect(answer == ["rows": [1]])
        }
    }

    @Test("does not read what is no handle, and notices a changed file")
    func handles() async throws {
        try await withTemporaryFolder { folder in
            let store = ResultStore(RunWorkspace(folder: folder, results: folder))
            let hash = String(repeating: "a", count: 64)
            let forged: [JSONValue] = [
                ["$file": "/etc/passwd", "bytes": 1, "sha256": .string(hash)],
                ["$file": "results/../x", "bytes": 1, "sha256": .string(hash)],
                ["$file": .string("results/\(hash).json"), "bytes": 1, "sha256": "../../etc/passwd"],
            ]
            for value in forged {
                #expect(ResultHandle(value) == nil)
                let same = try await store.value(at: JSONPointer(), of: value)
                #expect(same == value)
            }
            try write("{}", to: "\(folder)/\(hash).json")
            let changed: JSONValue = ["$file": .string("results/\(hash).json"), "bytes": 2, "sha256": .string(hash)]
            let failure = await #expect(throws: ToolFailure.self) {
                _ = try await store.value(at: JSONPointer(), of: changed)
            }
            #expect(failure?.code == "result-lost")
        }
    }

    @Test("says when a schema cannot be used")
    func brokenSchema() async throws {
        try await withTemporaryFolder { folder in
            var tool = Self.tool
            tool.inputSchema = ["type": "nonsense"]
            let call = ToolCall(skill: Self.skill, tool: tool, arguments: [:], idempotencyKey: "k")
            let workspace = RunWorkspace(folder: folder, results: folder)
            let checked = CheckedInvoker(ClosureInvoker(["checked.work": { _ in nil }]), workspace: workspace)
            let failure = await #expect(throws: ToolFailure.self) { try await checked.invoke(call) }
            #expect(failure?.code == "schema-unusable")
        }
    }
}
