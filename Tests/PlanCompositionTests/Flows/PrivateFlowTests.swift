import JSONSchema
import SkillCatalog
import SkillRetrieval
import Testing

@testable import PlanComposition

@Suite("Private data on their way to others")
struct PrivateFlowTests {
    private func tool(_ name: String, _ description: String, _ annotations: ToolAnnotations = .init()) -> Tool {
        Tool(name: name, description: description, annotations: annotations)
    }

    /// A plan that hands the result of each tool to the next.
    private func flags(_ tools: Tool...) -> [PlanFlag] {
        let skills = Dictionary(uniqueKeysWithValues: tools.map { ($0.name, Samples.skill($0.name, $0)) })
        var plan = Samples.plan([:])
        for (index, tool) in tools.enumerated() {
            var step = PlanStep(id: "s\(index + 1)", subtask: Subtask(id: "s\(index + 1)", text: tool.name))
            step.skill = tool.name
            step.tool = tool.name
            if index > 0 {
                step.dependsOn = ["s\(index)"]
                step.arguments = ["x": ["$from": .string("s\(index)"), "path": ""]]
            }
            plan.steps.append(step)
        }
        let flags = PrivateFlow.flags(plan) { skills[$0] }
        #expect(PlanValidator(skills: skills).validate(plan) == flags.map { .privateDataToPublic($0) })
        return flags
    }

    @Test("are flagged from a file, a database, a mailbox, a calendar or a secret to whatever sends")
    func found() {
        let send = tool("send_email", "Send an e-mail")
        let readers = [
            tool("read_file", "Read a file from disk"), tool("run_query", "Query the customer database"),
            tool("search_inbox", "Search the mailbox", .init(openWorldHint: true)),
            tool("list_events", "List events of the calendar"), tool("get_secret", "Get a secret by its name"),
        ]
        for reader in readers {
            let found = flags(reader, send)
            #expect(found.map(\.from) == ["s1"] && found.map(\.to) == ["s2"], "\(reader.name)")
        }
    }

    @Test("are followed through the steps between")
    func through() {
        let found = flags(
            tool("read_file", "Read a file"),
            tool("summarize", "Summarize a text"),
            tool("post_message", "Post a message to a channel")
        )
        #expect(found.map { "\($0.from) \($0.to)" } == ["s1 s3"])
        #expect(found.first?.why.contains("post_message") == true)
    }

    @Test("are none where nothing private is read or nothing leaves")
    func none() {
        let send = tool("send_email", "Send an e-mail")
        #expect(flags(tool("get_weather", "Get the weather of a city"), send).isEmpty)
        #expect(flags(tool("download", "Download a file from a URL"), send).isEmpty)
        #expect(flags(tool("read_file", "Read a file"), tool("parse", "Parse a text")).isEmpty)
        let local = tool("send_notification", "Send a notification", .init(openWorldHint: false))
        #expect(flags(tool("read_file", "Read a file"), local).isEmpty)
        // What the plan itself has fetched is nobody's secret.
        #expect(flags(tool("download", "Download from the web"), tool("read_file", "Read a file"), send).isEmpty)
    }
}
