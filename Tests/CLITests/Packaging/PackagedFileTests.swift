import Subprocesses
import TestSupport
import Testing

@Suite("What is packaged beside the program")
struct PackagedFileTests {
    @Test(
        "the service's unit is one that systemd takes without a remark",
        .enabled(if: InstalledProgram.exists("systemd-analyze"), "needs systemd-analyze")
    )
    func unit() async throws {
        try await withTemporaryFolder { folder in
            // The program has to be where the unit says; any will do.
            try write("", to: "\(folder)/bin/skillweaver")
            let program = Subprocess(executable: "chmod", arguments: ["755", "\(folder)/bin/skillweaver"])
            _ = try await program.run().checked("chmod")
            let unit = try text(of: PackageRoot.path("Packaging/skillweaver.service"))
            try write(unit.replacing("@PREFIX@", with: folder), to: "\(folder)/skillweaver.service")
            let command = Subprocess(
                executable: "systemd-analyze",
                arguments: ["verify", "--man=no", "\(folder)/skillweaver.service"]
            )
            let result = try await command.run()
            #expect(result.status == .exited(0))
            #expect(result.errorText.split(separator: "\n").filter { $0.contains("skillweaver.service") } == [])
        }
    }

    @Test(
        "the manual page of the whole program gives groff nothing to warn of",
        .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence),
        .enabled(if: InstalledProgram.exists("groff"), "needs groff")
    )
    func manual() async throws {
        try await withSkillWeaver { skillweaver, _ in
            let page = try await skillweaver("help", "--man").output
            let check = Subprocess(executable: "groff", arguments: ["-man", "-ww", "-z", "-Tutf8", "-K", "utf8"])
            let result = try await check.run(input: Array(page.utf8))
            #expect(result.status == .exited(0))
            #expect(result.errorText.isEmpty, "\(result.errorText)")
        }
    }

    @Test(
        "every Swift example of the documentation and the README compiles",
        .enabled(if: Sanitizer.active == nil, "the modules of a sanitized build are elsewhere")
    )
    func documentation() async throws {
        let command = Subprocess(executable: PackageRoot.path("Scripts/docc"), arguments: ["--check"])
        let result = try await command.run(limits: SubprocessLimits(deadline: .seconds(120)))
        #expect(result.status == .exited(0), "\(result.errorText)")
    }

    @Test(
        "the Python client and the agent do what their READMEs say, against a real service",
        .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence),
        .enabled(if: RealServers.areInstalled, RealServers.absence)
    )
    func examples() async throws {
        let program = try #require(SkillWeaverCommand.executable)
        let command = Subprocess(
            executable: PackageRoot.path("Scripts/test-examples"),
            arguments: ["--program", program, "python-client", "openai-agent", "compose"]
        )
        let result = try await command.run(limits: SubprocessLimits(deadline: .seconds(120 * Sanitizer.patience)))
        #expect(result.status == .exited(0), "\(result.outputText) \(result.errorText)")
    }
}
