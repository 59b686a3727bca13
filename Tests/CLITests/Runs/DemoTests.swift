import Subprocesses
import TestSupport
import Testing

@Suite("make demo", .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence))
struct DemoTests {
    @Test(
        "downloads, transforms, draws and reports, also when a server fails and a skill is broken",
        .enabled(if: InstalledProgram.exists("python3"))
    )
    func demo() async throws {
        try await withTemporaryFolder { folder in
            let command = Subprocess(
                executable: PackageRoot.path("Scripts/demo"),
                arguments: [
                    "--program", try #require(SkillWeaverCommand.executable), "--keep", "\(folder)/demo", "--sandbox",
                    "off",
                ],
                environment: .inheritedAdding([:])
            )
            let result = try await command.run(limits: SubprocessLimits(deadline: .seconds(60 * Sanitizer.patience)))
            #expect(result.status == .exited(0), "\(result.errorText)")
            for part in ["fair", "foul"] {
                #expect(try text(of: "\(folder)/demo/\(part)/sales-transformed-report.html").contains("<svg"))
            }
            #expect(result.outputText.contains("s2: falls back to etl-pipeline.transform_data"))
            #expect(result.outputText.contains("s1: tries again"))
        }
    }
}
