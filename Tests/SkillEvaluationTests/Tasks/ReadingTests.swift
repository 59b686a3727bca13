import JSONSchema
import SkillEvaluation
import TestSupport
import Testing

@Suite("Reading task sets")
struct ReadingTests {
    static let task = """
        {"id":"t1","query":"Do both","steps":["one","two"],"tools":["A","B"],"edges":[[0,1]],"aligned":true,\
        "steps_from":"gold","edge_kind":"data","source":"demo","meta":{"arguments":[{"x":1},{"y":"$var1.z$"}]}}
        """

    /// The records of a file with these lines.
    private func tasks(_ lines: [String], library: LabelledLibrary? = nil) async throws -> LoadedRecords<GoldTask> {
        try await withTemporaryFolder { folder in
            try write(lines.joined(separator: "\n"), to: "\(folder)/tasks.jsonl")
            return try LoadedRecords<GoldTask>(file: "\(folder)/tasks.jsonl", library: library)
        }
    }

    @Test("A line in the common form becomes a task with everything it says")
    func commonForm() async throws {
        let loaded = try await tasks([Self.task])
        let task = try #require(loaded.records.first)
        #expect(task.id == "t1")
        #expect(task.steps == ["one", "two"])
        #expect(task.edges == GoldEdges(.data, [StepEdge(0, 1)]))
        #expect(task.arguments == [["x": 1], ["y": "$var1.z$"]])
        #expect(task.stepToolPairs == [.init(step: "one", tool: "A"), .init(step: "two", tool: "B")])
        #expect(task.writtenSteps == ["one", "two"])
    }

    @Test("Step to tool retrieval cannot be scored where the step text is the tool's own description")
    func toolTexts() async throws {
        let line = Self.task.replacing("\"steps_from\":\"gold\"", with: "\"steps_from\":\"tool\"")
        let task = try #require(try await tasks([line]).records.first)
        #expect(task.stepToolPairs == nil)
        #expect(task.writtenSteps == nil)
        #expect(task.alignedTools == ["A", "B"])
    }

    @Test("Step to tool retrieval cannot be scored where steps and tools are not aligned")
    func notAligned() async throws {
        let line = Self.task.replacing("\"aligned\":true", with: "\"aligned\":false")
        let task = try #require(try await tasks([line]).records.first)
        #expect(task.stepToolPairs == nil)
        #expect(task.alignedTools == nil)
    }

    @Test("Null edges mean that nothing is known, an empty list that there are none")
    func edgesNullAndEmpty() async throws {
        let none = Self.task.replacing("[[0,1]]", with: "[]").replacing("\"t1\"", with: "\"t2\"")
        let unknown = Self.task.replacing("[[0,1]]", with: "null").replacing("\"data\"", with: "null")
        let loaded = try await tasks([unknown, none])
        #expect(loaded.records[0].edges == nil)
        #expect(loaded.records[1].edges == GoldEdges(.data, []))
    }

    @Test(
        "A malformed line stops the reading and names its file, its line and what is wrong",
        arguments: [
            ("{", "invalid JSON at column 2"),
            ("[1]", "a JSON object is expected"),
            ("{}", "\"steps\" must be a list of texts, but is missing"),
            (task.replacing("\"t1\"", with: "\" \""), "\"id\" must be a text that is not blank"),
            (task.replacing("[\"one\",\"two\"]", with: "[\"one\",2]"), "\"steps\" must be a list of texts"),
            (task.replacing("[\"one\",\"two\"]", with: "[]"), "\"steps\" must be a list with at least one step"),
            (task.replacing("[\"A\",\"B\"]", with: "[\"A\"]"), "\"tools\" must be as long as \"steps\" (2)"),
            (task.replacing("[[0,1]]", with: "[[0,2]]"), "\"edges\" must be null or a list of [i, j]"),
            (task.replacing("[[0,1]]", with: "[[1,1]]"), "\"edges\" must be null or a list of [i, j]"),
            (task.replacing("[[0,1]]", with: "[[0,1,1]]"), "\"edges\" must be null or a list of [i, j]"),
            (task.replacing("[[0,1]]", with: "[[0,1],[0,1]]"), "\"edges\" must be without repetition"),
            (task.replacing("[[0,1]]", with: "\"x\""), "\"edges\" must be null or a list of [i, j]"),
            (task.replacing("[[0,1]]", with: "null"), "\"edge_kind\" must be null"),
            (task.replacing("\"data\"", with: "\"guess\""), "\"edge_kind\" must be one of data, annotated, sequence"),
            (task.replacing("\"gold\"", with: "\"air\""), "\"steps_from\" must be one of gold, tool, but is \"air\""),
            (task.replacing("{\"x\":1},", with: ""), "\"meta.arguments\" must be as long as \"tools\" (2)"),
        ]
    )
    func malformed(line: String, message: String) async throws {
        let good = Self.task.replacing("\"t1\"", with: "\"t0\"")
        let fault = try await #require(throws: DataFault.self) { try await tasks([good, "", line, good]) }
        #expect(fault.kind == .malformed)
        #expect(fault.line == 3)
        #expect(fault.description.contains("/tasks.jsonl:3: "))
        #expect(fault.message.hasPrefix(message), "\(fault.message)")
    }

    @Test("A text that is not UTF-8 is a malformed line")
    func invalidEncoding() async throws {
        try await withTemporaryFolder { folder in
            try write(Array("{\"id\":\"".utf8) + [0xFF] + Array("\"}".utf8), to: "\(folder)/t.jsonl")
            let fault = try #require(throws: DataFault.self) { try LoadedRecords<GoldTask>(file: "\(folder)/t.jsonl") }
            #expect(fault.line == 1)
        }
    }

    @Test("A missing file, a folder and a file without records are faults that say so")
    func wholeFileFaults() async throws {
        try await withTemporaryFolder { folder in
            let missing = try #require(throws: DataFault.self) { try LoadedRecords<GoldTask>(file: "\(folder)/no") }
            #expect(missing.kind == .missing)
            let notFile = try #require(throws: DataFault.self) { try LoadedRecords<GoldTask>(file: folder) }
            #expect(notFile.kind == .inaccessible)
            try write("\n \r\n", to: "\(folder)/empty.jsonl")
            let empty = try #require(throws: DataFault.self) {
                try LoadedRecords<GoldTask>(file: "\(folder)/empty.jsonl")
            }
            #expect(empty.message == "holds no record")
        }
    }

    @Test("The fingerprint changes with the content")
    func fingerprint() async throws {
        let first = try await tasks([Self.task]).fingerprint
        let same = try await tasks([Self.task]).fingerprint
        let other = try await tasks([Self.task + " "]).fingerprint
        #expect(first == same)
        #expect(first != other)
    }

    @Test("The fingerprint is FNV-1a", arguments: [("", "cbf29ce484222325"), ("foobar", "85944171f73967e8")])
    func fingerprintValues(text: String, expected: String) {
        #expect(Fingerprint(of: text).description == expected)
    }
}
