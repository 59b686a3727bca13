import Testing
import ToolConnectors

@Suite("Variables of a configuration")
struct VariableExpansionTests {
    private let expansion = VariableExpansion(
        environment: { ["TOKEN": "abc", "EMPTY": "", "HOME": "/home/ada"][$0] },
        inputs: ["key": "answered"],
        workspace: "/srv/project"
    )

    @Test(
        "are filled in, in each of the forms that clients write",
        arguments: [
            ("plain", "plain"), ("${TOKEN}", "abc"), ("${env:TOKEN}", "abc"), ("Bearer ${TOKEN}!", "Bearer abc!"),
            ("${NONE:-fallback}", "fallback"), ("${NONE:-}", ""), ("${TOKEN:-fallback}", "abc"),
            ("${EMPTY}", ""), ("${EMPTY:-fallback}", "fallback"), ("${env:NONE:-a:-b}", "a:-b"),
            ("$TOKEN", "$TOKEN"), ("$", "$"), ("$$", "$$"), ("${", "${"), ("${TOKEN", "${TOKEN"),
            ("a$${TOKEN}", "a$abc"),
            ("${input:key}", "answered"), ("${workspaceFolder}/src", "/srv/project/src"),
            ("${workspaceFolderBasename}", "project"), ("${userHome}", "/home/ada"),
        ]
    )
    func forms(text: String, result: String) throws {
        #expect(try expansion(text) == result)
    }

    @Test(
        "that cannot be filled in are named",
        arguments: [
            ("${NONE}", MCPConfigurationProblem.Kind.missingVariable("NONE")),
            ("${env:NONE}", .missingVariable("NONE")), ("${input:other-key}", .missingInput("other-key")),
            ("${}", .unknownVariable("")), ("${file}", .missingVariable("file")),
            ("${command:pick}", .unknownVariable("command:pick")), ("${1A}", .unknownVariable("1A")),
        ]
    )
    func faults(text: String, kind: MCPConfigurationProblem.Kind) {
        let problem = #expect(throws: MCPConfigurationProblem.self) { try expansion(text) }
        #expect(problem?.kind == kind)
    }

    @Test("are not filled in twice")
    func once() throws {
        let expansion = VariableExpansion(environment: { $0 == "A" ? "${B}" : nil })
        #expect(try expansion("${A}") == "${B}")
    }
}
