import FoundationEssentials
import JSONSchema
import PlanExecution
import SkillCatalog
import TestSupport
import Testing

@testable import SkillAuthoring

private let hasSandbox = InstalledProgram.exists("bwrap")

@Suite("Testing skills", .enabled(if: InstalledProgram.exists("python3")))
struct SkillTesterTests {
    static let mode: SandboxMode = hasSandbox ? .required : .off

    private func tester(_ folder: String) -> SkillTester { SkillTester(home: "\(folder)/home", sandbox: Self.mode) }

    /// What failed, as `group name`.
    private func failures(_ report: TestReport) -> [String] {
        report.checks.filter { $0.outcome == .failed }.map { "\($0.group) \($0.name)" }
    }

    @Test("A new skill passes, with all there is to check", arguments: SkillTemplate.allCases)
    func scaffolds(_ template: SkillTemplate) async throws {
        try await withTemporaryFolder { folder in
            let made = try SkillScaffold.make("word-count", from: template, in: folder)
            let report = try await tester(folder).test(made)
            #expect(report.isPassed, "\(report.checks)")
            let groups = Set(report.checks.map(\.group))
            #expect(
                groups
                    == (template == .python
                        ? ["rules", "schemas", "functions", "examples", "tests"] : ["rules", "tests"])
            )
            #expect(
                try FolderContents.read(made, covering: .everything).entries.allSatisfy {
                    !$0.path.text.contains("pycache")
                }
            )
        }
    }

    struct Broken: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var file: String
        var old: String
        var new: String
        var failures: [String]
    }

    @Test(
        "Each broken promise is found",
        arguments: [
            Broken(
                testDescription: "a parameter with another name",
                file: "tools.py",
                old: "def count_words(text: str, limit: int = 10)",
                new: "def count_words(text: str, most: int = 10, limit=10)",
                failures: []
            ),
            Broken(
                testDescription: "a parameter that the schema does not have",
                file: "tools.py",
                old: "def count_words(text: str, limit: int = 10)",
                new: "def count_words(text: str, words, limit: int = 10)",
                failures: ["functions count_words", "examples 1 (count_words)"]
            ),
            Broken(
                testDescription: "a parameter that the function does not take",
                file: "schema.json",
                old: "\"limit\": {",
                new: "\"other\": {\"type\": \"string\"}, \"limit\": {",
                failures: ["functions count_words"]
            ),
            Broken(
                testDescription: "a schema that is none",
                file: "schema.json",
                old: "\"minimum\": 1, \"maximum\": 100",
                new: "\"minimum\": \"one\"",
                failures: ["schemas count_words", "examples 1 (count_words)"]
            ),
            Broken(
                testDescription: "an example with another result",
                file: "examples.json",
                old: "\"total\": 5",
                new: "\"total\": 6",
                failures: ["examples 1 (count_words)"]
            ),
            Broken(
                testDescription: "a result that its schema forbids",
                file: "tools.py",
                old: "\"total\": len(words)",
                new: "\"total\": str(len(words))",
                failures: ["examples 1 (count_words)"]
            ),
            Broken(
                testDescription: "an example of a tool that is not there",
                file: "examples.json",
                old: "\"tool\": \"count_words\"",
                new: "\"tool\": \"count\"",
                failures: ["examples 1 (count)"]
            ),
            Broken(
                testDescription: "examples that are no JSON",
                file: "examples.json",
                old: "[",
                new: "(",
                failures: ["examples examples.json"]
            ),
            Broken(
                testDescription: "a description that is missing",
                file: "SKILL.md",
                old: "description:",
                new: "about:",
                failures: ["rules missing-description", "rules unknown-field"]
            ),
        ]
    )
    func broken(_ example: Broken) async throws {
        try await withTemporaryFolder { folder in
            let made = try SkillScaffold.make("word-count", from: .python, in: folder)
            let content = try text(of: "\(made)/\(example.file)")
            #expect(content.contains(example.old))
            try write(
                content.replacing(example.old, with: example.new, maxReplacements: 1),
                to: "\(made)/\(example.file)"
            )
            let report = try await tester(folder).test(made)
            let found = failures(report).filter { !$0.hasPrefix("tests ") }
            #expect(Set(found) == Set(example.failures), "\(report.checks)")
        }
    }

    @Test("Tests that fail, exit, crash or are missing are said, and nothing they do reaches further")
    func nasty() async throws {
        try await withTemporaryFolder { folder in
            func outcome(_ test: String) async throws -> TestReport {
                try? FileManager.default.removeItem(atPath: "\(folder)/a")
                try writeSkill(
                    "a",
                    in: folder,
                    files: [
                        "tests/test_a.py":
                            "import os, sys, unittest\n\nclass A(unittest.TestCase):\n    def test_a(self):\n        \(test)\n"
                    ]
                )
                return try await tester(folder).test("\(folder)/a")
            }
            #expect(try await outcome("print('noise')").isPassed)
            #expect(failures(try await outcome("self.fail('no')")) == ["tests test_a.A.test_a"])
            #expect(failures(try await outcome("sys.exit(0)")).count == 1)
            #expect(failures(try await outcome("os._exit(0)")) == ["tests tests"])
            #expect(failures(try await outcome("os.kill(os.getpid(), 9)")) == ["tests tests"])
            #expect(try await outcome("self.skipTest('later')").count(.skipped) == 1)
            try writeSkill("b", in: folder)
            #expect(try await tester(folder).test("\(folder)/b").count(.skipped) == 1)
            try writeSkill("c", in: folder, files: ["tests/notes.txt": "x"])
            #expect(failures(try await tester(folder).test("\(folder)/c")) == ["tests tests"])
        }
    }

    @Test("A test cannot write to the skill, or outside of its workspace", .enabled(if: hasSandbox))
    func confined() async throws {
        try await withTemporaryFolder { folder in
            try writeSkill(
                "a",
                in: folder,
                files: [
                    "tests/test_a.py": """
                    import os, unittest

                    class A(unittest.TestCase):
                        def test_skill_is_read_only(self):
                            with self.assertRaises(OSError):
                                open(os.path.dirname(__file__) + "/evil", "w")

                        def test_home_is_not_there(self):
                            self.assertFalse(os.path.exists("\(folder)/secret"))

                        def test_workspace_is_writable(self):
                            open("x", "w").close()
                    """
                ]
            )
            try write("s", to: "\(folder)/secret")
            let report = try await tester(folder).test("\(folder)/a")
            #expect(report.isPassed, "\(report.checks)")
            #expect(report.count(.passed) == 4)
        }
    }

    @Test("The plain form and an Agent Skills folder run unchanged through the same invoker")
    func portability() async throws {
        try await withTemporaryFolder { folder in
            let tools = [
                "schema.json":
                    #"[{"name": "double", "description": "d", "parameters": {"type": "object", "properties": {"n": {"type": "integer"}}}}]"#,
                "tools.py": "def double(n):\n    return {'n': 2 * n}\n",
            ]
            try writeSkill("agent-form", in: folder, files: tools)
            try write("# Double a number\n", to: "\(folder)/plain-form/SKILL.md")
            for (path, content) in tools { try write(content, to: "\(folder)/plain-form/\(path)") }
            for place in ["work", "results"] {
                try FileManager.default.createDirectory(atPath: "\(folder)/\(place)", withIntermediateDirectories: true)
            }
            let provider = ToolInvokerProvider.standard(home: "\(folder)/home", sandbox: Self.mode)
            let invoker = try await provider.invoker(
                for: RunWorkspace(folder: "\(folder)/work", results: "\(folder)/results")
            )
            for name in ["agent-form", "plain-form"] {
                let skill = try #require(try await SkillFolders.skills(in: "\(folder)/\(name)").first)
                let tool = try #require(skill.tool(named: "double"))
                let call = ToolCall(skill: skill, tool: tool, arguments: ["n": 21], idempotencyKey: name)
                let result = try await invoker.invoke(call)
                #expect(result.value == ["n": 42])
            }
            await invoker.close()
        }
    }
}
