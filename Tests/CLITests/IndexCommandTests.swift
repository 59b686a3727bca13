import FoundationEssentials
import JSONSchema
import TestSupport
import Testing

@Suite("skillweaver index", .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence))
struct IndexCommandTests {
    private let records = """
        {"id":"mail","name":"mail","description":"Send e-mail to people"}
        {"id":"plot","name":"plot","description":"Draw charts from tables","inputs":[{"name":"path","type":"str","required":true}],"outputs":[{"name":"image","type":"str"}]}

        """

    @Test("counts what it did, and does nothing the second time")
    func counts() async throws {
        try await withSkillWeaver { skillweaver, folder in
            try write(records, to: "\(folder)/mine.jsonl")
            let first = try await skillweaver("index", "\(folder)/mine.jsonl", "--json").json
            #expect(first["library"] == "mine")
            #expect(first["added"] == 2)
            let second = try await skillweaver("index", "--library", "mine", "--json").json
            #expect(second["unchanged"] == 2)
            #expect(second["embedded_texts"] == 0)
        }
    }

    @Test("skips broken records with file and line, exits 0, and 1 under --strict")
    func brokenRecords() async throws {
        try await withSkillWeaver { skillweaver, folder in
            let file = "\(folder)/mine.jsonl"
            try write(
                records + "{\"id\": \nnot json\n[1]\n{\"id\":\"mail\",\"name\":\"other\",\"description\":\"x\"}\n",
                to: file
            )
            let lenient = try await skillweaver("index", file, "--json")
            #expect(lenient.code == 0)
            let diagnostics = try #require(try lenient.json["diagnostics"]?.arrayValue)
            #expect(diagnostics.allSatisfy { $0["file"] == .string(file) })
            #expect(diagnostics.compactMap { $0["line"]?.intValue } == [3, 4, 5, 6])
            #expect(try await skillweaver("index", file, "--strict").code == 1)
            let people = try await skillweaver("index", file)
            #expect(people.errors.contains("\(file):4:"))
            let listed = try await skillweaver("skills", "list", "--library", "mine", "--json").json["skills"]?
                .arrayValue
            #expect(listed?.compactMap { $0["id"]?.stringValue } == ["mail", "plot", "mine:mail"])
        }
    }

    @Test(
        "fails on a source as a whole, names it, and leaves the library usable",
        arguments: [
            ("missing.jsonl", nil), ("empty.jsonl", ""), ("broken.jsonl", "nonsense\n"), ("data.xyz", "x"),
            ("folder", nil),
        ] as [(String, String?)]
    )
    func sourceFaults(name: String, content: String?) async throws {
        try await withSkillWeaver { skillweaver, folder in
            try write(records, to: "\(folder)/good.jsonl")
            _ = try await skillweaver("index", "\(folder)/good.jsonl", "--library", "mine")
            if let content { try write(content, to: "\(folder)/\(name)") }
            if name == "folder" {
                try FileManager.default.createDirectory(atPath: "\(folder)/folder", withIntermediateDirectories: true)
            }
            let failed = try await skillweaver("index", "\(folder)/\(name)", "--library", "mine", "--json")
            #expect(failed.code == 1)
            #expect(failed.error?["message"]?.stringValue?.contains(name) == true, "\(failed.errors)")
            let found = try await skillweaver("search", "send a message", "--library", "mine", "--json")
            #expect(try found.json["results"]?.arrayValue?.first?["skill"] == "mail")
        }
    }

    @Test(
        "keeps the library's name for itself, and refuses names that cannot be folders",
        arguments: [
            "bundled", "../x", ".hidden", "a b", "",
        ]
    )
    func names(name: String) async throws {
        try await withSkillWeaver { skillweaver, folder in
            try write(records, to: "\(folder)/mine.jsonl")
            let outcome = try await skillweaver("index", "\(folder)/mine.jsonl", "--library", name, "--json")
            #expect(outcome.code == 2)
        }
    }

    @Test("says when nothing was named to index")
    func nothingNamed() async throws {
        try await withSkillWeaver { skillweaver, _ in
            #expect(try await skillweaver("index").code == 2)
            let unknown = try await skillweaver("index", "--library", "none", "--json")
            #expect(unknown.code == 1)
            #expect(unknown.error?["code"] == "library-not-found")
        }
    }
}
