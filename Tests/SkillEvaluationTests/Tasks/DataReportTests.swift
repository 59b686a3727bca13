import JSONSchema
import SkillEvaluation
import TestSupport
import Testing

@Suite("What is odd about data is counted")
struct DataReportTests {
    private func load<Record: BenchmarkRecord>(
        _ lines: [String],
        library: LabelledLibrary? = nil
    ) async throws -> LoadedRecords<Record> {
        try await withTemporaryFolder { folder in
            try write(lines.joined(separator: "\n") + "\n", to: "\(folder)/data.jsonl")
            return try LoadedRecords<Record>(file: "\(folder)/data.jsonl", library: library)
        }
    }

    private func query(_ id: String, categories: [String], hidden: [Int] = []) -> String {
        let steps = categories.map { _ in "\"do it\"" }.joined(separator: ",")
        let names = categories.map { "\"\($0)\"" }.joined(separator: ",")
        return """
            {"id":"\(id)","query":"q","difficulty":"easy","steps":[\(steps)],"categories":[\(names)],\
            "hidden_steps":\(hidden)}
            """
    }

    @Test("Of two records with one id the first is used and the second is counted")
    func duplicates() async throws {
        let lines = [query("a", categories: ["db"]), query("b", categories: ["db"]), query("a", categories: ["mail"])]
        let loaded: LoadedRecords<CompSkillQuery> = try await load(lines, library: smallLibrary)
        #expect(loaded.records.map(\.id) == ["a", "b"])
        #expect(loaded.records.first?.categories == ["db"])
        #expect(loaded.report.recordCount == 3)
        #expect(loaded.report.count(of: .duplicateID) == 1)
        let warning = try #require(loaded.report.warnings.first)
        #expect(warning.hasSuffix("data.jsonl:3: a: line 1 has the same id; this record is left out [duplicate_id]"))
    }

    @Test("An unknown category is counted once for each record and the record stays")
    func unknownCategory() async throws {
        let lines = [query("a", categories: ["db", "ufo", "ufo"]), query("b", categories: ["mail"])]
        let loaded: LoadedRecords<CompSkillQuery> = try await load(lines, library: smallLibrary)
        #expect(loaded.records.count == 2)
        #expect(loaded.report.count(of: .unknownCategory) == 1)
        #expect(loaded.report.json == ["records": 2, "unknown_category": 1])
    }

    @Test("Hidden steps are counted but are no warning")
    func hiddenSteps() async throws {
        let lines = [query("a", categories: ["db", "mail"], hidden: [1]), query("b", categories: ["db"])]
        let loaded: LoadedRecords<CompSkillQuery> = try await load(lines, library: smallLibrary)
        #expect(loaded.records.map(\.isClean) == [false, true])
        #expect(loaded.report.count(of: .hiddenSteps) == 1)
        #expect(loaded.report.warnings.isEmpty)
    }

    @Test(
        "Hidden steps outside the steps are malformed",
        arguments: [[2], [-1], [0, 0]]
    )
    func hiddenStepsOutside(hidden: [Int]) async throws {
        let fault = try await #require(throws: DataFault.self) {
            let _: LoadedRecords<CompSkillQuery> = try await load([query("a", categories: ["db", "x"], hidden: hidden)])
        }
        #expect(fault.message.hasPrefix("\"hidden_steps\" must be a list of different whole numbers from 0 to below 2"))
    }

    @Test("A query whose categories do not match its steps, or of unknown difficulty, is malformed")
    func malformedQuery() async throws {
        let short = query("a", categories: ["db", "mail"]).replacing("\"db\",", with: "")
        let odd = query("a", categories: ["db"]).replacing("easy", with: "insane")
        for (line, message) in [
            (short, "\"categories\" must be as long as \"steps\" (2)"),
            (odd, "\"difficulty\" must be one of easy, medium, hard"),
        ] {
            let fault = try await #require(throws: DataFault.self) {
                let _: LoadedRecords<CompSkillQuery> = try await load([line])
            }
            #expect(fault.message.hasPrefix(message))
        }
    }

    @Test("A gold tool that the library lacks is counted and the task stays")
    func missingTool() async throws {
        let line = ReadingTests.task.replacing("[\"A\",\"B\"]", with: "[\"db-1\",\"nowhere\"]")
        let loaded: LoadedRecords<GoldTask> = try await load([line], library: smallLibrary)
        #expect(loaded.records.count == 1)
        #expect(loaded.report.findings.map(\.detail) == ["the gold tool 'nowhere' is not in the library"])
        #expect(loaded.report.findings.map(\.kind) == [.goldNotInLibrary])
    }

    @Test("Gold edges in a circle are counted; edges that run backwards are not")
    func cycles() async throws {
        let circle = ReadingTests.task.replacing("[[0,1]]", with: "[[0,1],[1,0]]")
        let backwards = ReadingTests.task.replacing("[[0,1]]", with: "[[1,0]]").replacing("t1", with: "t2")
        let loaded: LoadedRecords<GoldTask> = try await load([circle, backwards])
        #expect(loaded.report.findings.map(\.id) == ["t1"])
        #expect(loaded.report.count(of: .cyclicEdges) == 1)
    }

    @Test("A retrieval query needs at least one gold id, each once")
    func retrievalQueries() async throws {
        let good = #"{"id":"x","query":"send mail","gold":["mail-1","gone"],"category":"other words"}"#
        let loaded: LoadedRecords<RetrievalQuery> = try await load([good], library: smallLibrary)
        #expect(loaded.records.first?.gold == ["mail-1", "gone"])
        #expect(loaded.report.count(of: .goldNotInLibrary) == 1)
        for gold in ["[]", #"["a","a"]"#, "null"] {
            await #expect(throws: DataFault.self) {
                let _: LoadedRecords<RetrievalQuery> = try await load([#"{"id":"x","query":"q","gold":\#(gold)}"#])
            }
        }
    }

    @Test("A library gives the category of an id, and knows what it does not have")
    func library() async throws {
        let lines = [
            #"{"id":"a","name":"Alpha","description":"first","category":"db","tags":[]}"#, #"{"id":"b"}"#,
            #"{"id":"a","category":"mail"}"#,
        ]
        let loaded: LoadedRecords<LabelledLibrary.Entry> = try await load(lines)
        #expect(loaded.report.count(of: .duplicateID) == 1)
        #expect(loaded.library.category(of: "a") == "db")
        #expect(loaded.library.category(of: "b") == nil)
        #expect(loaded.library.contains("b"))
        #expect(!loaded.library.contains("c"))
        #expect(loaded.library.categories == ["db"])
        #expect(loaded.library.entries.map(\.name) == ["Alpha", "b"])
    }
}
