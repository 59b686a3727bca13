import FoundationEssentials
import SkillCatalog
import Storage
import Subprocesses
import TestSupport
import Testing

@testable import SkillAuthoring

@Suite("What skills need")
struct RequirementsTests {
    @Test("Packages of the index are taken, comments and blank lines are not")
    func taken() throws {
        let file = try RequirementsFile(
            text: """
                # tools
                requests==2.32.3  # for the web

                pandas[excel]>=2,<3 ; python_version >= "3.11"
                numpy
                six==1.16.0 \\
                    --hash=sha256:8abb2f1d86890a2dfb989f9a77cfcfd3e47c2a354b01111771326f8aa26e0254
                """
        )
        #expect(file.lines.count == 4)
        #expect(file.lines.first == "requests==2.32.3")
        #expect(try RequirementsFile(text: "# nothing\n\n").lines == [])
    }

    @Test(
        "Options, addresses, paths and other words are refused",
        arguments: [
            "-r other.txt", "--index-url https://evil.example/", "-e .", "--find-links /tmp", "./package",
            "/tmp/package.whl", "package @ https://evil.example/p.whl", "https://evil.example/p.whl",
            "git+https://evil.example/p", "file:///tmp/p", "a --global-option=x", "a --hash=md5:00", "../p", ".", "a b",
            "a\u{1B}b", "$(touch x)", "a;touch /tmp/x", "p\\x",
        ]
    )
    func refused(_ line: String) {
        #expect(throws: AuthoringError.self) { try RequirementsFile(text: line) }
    }

    private func skill(_ folder: String, _ fields: String) async throws -> Skill {
        try write("---\nname: a\ndescription: d\nmetadata:\n\(fields)\n---\n", to: "\(folder)/a/SKILL.md")
        return try #require(try await SkillFolders.skills(in: "\(folder)/a").first)
    }

    @Test("Commands and variables are looked for, and what is missing has its remedy")
    func findings() async throws {
        try await withTemporaryFolder { folder in
            let skill = try await skill(
                folder,
                "  requires-commands: sh, no-such-command ../sh\n  requires-environment: SET GRANTED BOTH"
            )
            try write(
                #"{"skills": {"a": {"environment": ["GRANTED", "BOTH"]}}}"#,
                to: "\(folder)/home/grants.json"
            )
            let known = ["PATH": "/usr/bin:/bin", "SET": "1", "BOTH": "1"]
            let check = try NeedsCheck(home: "\(folder)/home") { known[$0] }
            let findings = try check.findings(for: skill)
            #expect(findings.map(\.name) == ["sh", "no-such-command", "../sh", "SET", "GRANTED", "BOTH"])
            #expect(findings.map(\.state) == [.found, .missing, .missing, .missing, .missing, .found])
            #expect(findings[3].advice?.contains("grants.json") == true)
            #expect(findings[4].advice?.contains("set it") == true)
        }
    }

    /// A package that is nothing but one module, as a wheel in a folder.
    private func writeWheel(in folder: String) async throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try await HostileArchive.make(
            """
            name = "skw_probe-1.0"
            zip_with([
                ("skw_probe.py", "ANSWER = 42\\n", 0o100644),
                (name + ".dist-info/METADATA", "Metadata-Version: 2.1\\nName: skw-probe\\nVersion: 1.0\\n", 0o100644),
                (name + ".dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n", 0o100644),
                (name + ".dist-info/RECORD", "", 0o100644),
            ])
            """,
            at: "\(folder)/skw_probe-1.0-py3-none-any.whl"
        )
    }

    @Test("A private environment holds the packages, is made again when they change, and gives the interpreter")
    func environment() async throws {
        try await withTemporaryFolder { folder in
            try await writeWheel(in: "\(folder)/wheels")
            let skill = try await skill(folder, "  x: y")
            let place = "\(folder)/a"
            let environments = SkillEnvironments(home: "\(folder)/home")
            #expect(try environments.state(of: place) == .notNeeded)
            #expect(environments.interpreter(for: skill) == nil)
            try write("skw-probe==1.0\n", to: "\(place)/requirements.txt")
            #expect(try environments.state(of: place) == .missing)
            #expect(try NeedsCheck(home: "\(folder)/home", environment: { _ in nil }).findings(for: skill).count == 1)
            let variables = ["PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "\(folder)/wheels", "PIP_CONFIG_FILE": "/dev/null"]
            let state = try await environments.prepare(place) {
                variables[$0] ?? ProcessInfo.processInfo.environment[$0]
            }
            let interpreter = try #require(environments.interpreter(for: skill))
            #expect(state == .ready(interpreter: interpreter))
            let answer = Subprocess(
                executable: interpreter,
                arguments: ["-I", "-c", "import skw_probe; print(skw_probe.ANSWER)"]
            )
            #expect(try await answer.run().checked("python").outputText == "42\n")
            try write("skw-probe==2.0\n", to: "\(place)/requirements.txt")
            #expect(environments.interpreter(for: skill) == nil)
            let failing = await kindOfError {
                _ = try await environments.prepare(place) { variables[$0] ?? ProcessInfo.processInfo.environment[$0] }
            }
            #expect(failing == .program)
            #expect(try environments.state(of: place) == .missing)
        }
    }
}
