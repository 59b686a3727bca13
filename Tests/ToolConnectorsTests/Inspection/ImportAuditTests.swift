import JSONSchema
import LanguageModels
import SkillCatalog
import Testing
import ToolConnectors

@Suite("The report of an import")
struct ImportAuditTests {
    /// Servers as they are told to be, and no others.
    private struct Told: ServerInspection {
        let servers: [InspectedServer]

        func inspect(_ server: MCPServerConfiguration) async -> InspectedServer {
            servers.first { $0.name == server.name } ?? InspectedServer(name: server.name, failure: "it is not there")
        }
    }

    private let servers = [
        InspectedServer(
            name: "files",
            tools: [
                Tool(name: "read", description: "Read a text file from the disk and return what it holds"),
                Tool(name: "mute", description: " "),
                Tool(name: "odd", description: "Does odd things", inputSchema: ["type": 7]),
            ],
            startTime: .seconds(1)
        ),
        InspectedServer(
            name: "disk",
            tools: [
                Tool(name: "read", description: "Something else entirely"),
                Tool(name: "open", description: "Read a text file from the disk and return what it holds"),
            ],
            startTime: .seconds(9)
        ),
    ]

    @Test("tells tokens before and after, duplicates, dead tools, slow and failing servers, and routes")
    func report() async throws {
        let configurations = ["files", "disk", "gone", "off"].map { name in
            MCPServerConfiguration(name: name, transport: .stdio(.init(command: "x")), isDisabled: name == "off")
        }
        let inspected = await Told(servers: servers).inspect(configurations, atATime: 2)
        #expect(inspected.map(\.name) == ["files", "disk", "gone", "off"])
        let counter = LengthEstimate()
        let gateway = [ChatTool(name: "search_skills", description: "Find skills")]
        let problem = MCPConfigurationProblem(.noTransport, server: "bad", "has neither `command` nor `url`")
        let report = ImportAudit(counter: counter, gateway: gateway).report(
            of: inspected,
            problems: [problem],
            routes: [.init(request: "read a file", steps: [.init(text: "read a file", tool: "files.read")])]
        )
        #expect(report.servers.map(\.state) == [.ready, .slow, .failing, .disabled, .unreadable])
        #expect(report.tools == 5 && report.tokenSource == .estimated)
        #expect(report.tokensAfter == counter.count(gateway[0].json.serialized()))
        #expect(report.tokensBefore > report.tokensAfter)
        #expect(
            report.duplicates == [
                .init(tools: ["files.read", "disk.read"], haveOneName: true)
            ]
        )
        #expect(report.dead.map(\.tool) == ["files.mute", "files.odd"])
        #expect(report.json["tokens"]?["before"]?.intValue == report.tokensBefore)
        #expect(report.lines.contains { $0.contains("files.read, disk.read (one name)") })
        #expect(report.lines.contains { $0.contains("gone (failing): it is not there") })
    }

    @Test("finds tools of two servers whose descriptions say the same")
    func alike() {
        var pair = servers
        pair[1].tools.removeFirst()
        let report = ImportAudit(counter: LengthEstimate(), gateway: []).report(of: pair)
        #expect(report.duplicates == [.init(tools: ["files.read", "disk.open"], haveOneName: false)])
    }
}
