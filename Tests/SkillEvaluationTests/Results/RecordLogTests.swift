import JSONSchema
import LanguageModels
import TestSupport
import Testing

@testable import SkillEvaluation

@Suite("Record files")
struct RecordLogTests {
    private let configuration = RunConfiguration(["system": "local", "data": "f00d"])

    private func record(_ id: String, da: Double = 1) -> QueryRecord {
        QueryRecord(id: id, goldSteps: 2, predictedSteps: 2, values: [.decompositionAccuracy: da])
    }

    @Test("A record survives being written and read")
    func roundTrip() async throws {
        let full = QueryRecord(
            id: "a \"quoted\" id\n",
            traits: QueryTraits(difficulty: .hard, isClean: false, edgeKind: .sequence, stepOrigin: .tool),
            goldSteps: 4,
            predictedSteps: 3,
            values: [.categoryRecallAt1: 1.0 / 3, .stepCountError: 1],
            alignment: .position,
            latencies: [.total: 12.345, .decompose: 1e-3],
            tokens: TokenUsage(prompt: 7, completion: 8, source: .counted),
            failure: "partly"
        )
        try await withTemporaryFolder { folder in
            let log = try RecordLog(file: "\(folder)/r.jsonl", configuration: configuration)
            try await log.append(full)
            try await log.append(QueryRecord(id: "bare"))
            let content = try RecordFile(file: "\(folder)/r.jsonl")
            #expect(content.configuration == configuration)
            #expect(content.records == [full, QueryRecord(id: "bare")])
        }
    }

    @Test("A run that is opened again knows what is done and goes on behind it")
    func resume() async throws {
        try await withTemporaryFolder { folder in
            let file = "\(folder)/r.jsonl"
            do {
                let log = try RecordLog(file: file, configuration: configuration)
                try await log.append(record("a"))
            }
            let log = try RecordLog(file: file, configuration: configuration)
            #expect(await log.records.keys.sorted() == ["a"])
            try await log.append(record("b", da: 0))
            #expect(try RecordFile(file: file).records.map(\.id) == ["a", "b"])
        }
    }

    @Test("A file cut off anywhere opens, and loses no whole line")
    func cutOffAnywhere() async throws {
        try await withTemporaryFolder { folder in
            let file = "\(folder)/r.jsonl"
            do {
                let log = try RecordLog(file: file, configuration: configuration)
                for id in ["a", "b"] { try await log.append(record(id)) }
            }
            let whole = try DataFile.read(file)
            for length in 0...whole.count {
                try write(Array(whole[..<length]), to: file)
                let lines = whole[..<length].count { $0 == UInt8(ascii: "\n") }
                do {
                    let log = try RecordLog(file: file, configuration: configuration)
                    #expect(await log.records.count == max(0, lines - 1))
                    try await log.append(record("c"))
                }
                let content = try RecordFile(file: file)
                #expect(content.records.map(\.id) == ["a", "b"].prefix(max(0, lines - 1)) + ["c"])
            }
        }
    }

    @Test("A run with another configuration is refused and the file stays as it was")
    func otherConfiguration() async throws {
        try await withTemporaryFolder { folder in
            let file = "\(folder)/r.jsonl"
            do {
                let log = try RecordLog(file: file, configuration: configuration)
                try await log.append(record("a"))
            }
            let before = try DataFile.read(file)
            let other = RunConfiguration(["system": "sad", "data": "f00d", "rounds": 2])
            let fault = try #require(throws: DataFault.self) { try RecordLog(file: file, configuration: other) }
            #expect(fault.kind == .conflict)
            #expect(fault.message.contains("different: rounds, system"))
            #expect(try DataFile.read(file) == before)
        }
    }

    @Test("A file that another run is writing is refused")
    func locked() async throws {
        try await withTemporaryFolder { folder in
            let log = try RecordLog(file: "\(folder)/r.jsonl", configuration: configuration)
            let fault = try #require(throws: DataFault.self) {
                try RecordLog(file: "\(folder)/r.jsonl", configuration: configuration)
            }
            #expect(fault.kind == .conflict)
            try await log.append(record("a"))
        }
    }

    @Test("The same request cannot be recorded twice")
    func repeatedRecord() async throws {
        try await withTemporaryFolder { folder in
            let log = try RecordLog(file: "\(folder)/r.jsonl", configuration: configuration)
            try await log.append(record("a"))
            await #expect(throws: DataFault.self) { try await log.append(record("a")) }
        }
    }

    @Test(
        "A damaged line in the middle names its line",
        arguments: [
            ("{\"id\":\"a\"}", 2, "\"metrics\" must be an object"),
            ("{\"id\":\"a\",\"metrics\":{\"luck\":1}}", 2, "\"metrics.luck\" must be absent"),
            ("{\"id\":\"a\",\"metrics\":{\"da\":\"x\"}}", 2, "\"metrics.da\" must be a number"),
            ("{\"id\":\"a\",\"metrics\":{}}\n{\"id\":\"a\",\"metrics\":{}}", 3, "a second record of \"a\""),
            ("nonsense", 2, "invalid JSON"),
            ("{\"id\":\"a\",\"metrics\":{},\"tokens\":{\"source\":\"guess\"}}", 2, "\"tokens.source\" must be"),
        ]
    )
    func damaged(lines: String, line: Int, message: String) async throws {
        try await withTemporaryFolder { folder in
            let file = "\(folder)/r.jsonl"
            try write(RecordFile.header(configuration) + lines + "\n", to: file)
            let fault = try #require(throws: DataFault.self) { try RecordLog(file: file, configuration: configuration) }
            #expect(fault.line == line)
            #expect(fault.message.hasPrefix(message), "\(fault.message)")
        }
    }

    @Test("A file of another kind is refused and kept")
    func otherFile() async throws {
        try await withTemporaryFolder { folder in
            let file = "\(folder)/notes.jsonl"
            try write("{\"id\":\"x\"}\n", to: file)
            let fault = try #require(throws: DataFault.self) { try RecordLog(file: file, configuration: configuration) }
            #expect(fault.message.hasPrefix("\"format\" must be \"skillweaver-records\""))
            #expect(try DataFile.readText(file) == "{\"id\":\"x\"}\n")
        }
    }

    @Test("The hash of a configuration does not depend on the order of its members")
    func configurationHash() {
        let first = RunConfiguration(["a": 1, "b": ["x": 1, "y": 2]])
        let second = RunConfiguration(["b": ["y": 2, "x": 1], "a": 1])
        #expect(first.hash == second.hash)
        #expect(first.hash != RunConfiguration(["a": 2]).hash)
    }
}
