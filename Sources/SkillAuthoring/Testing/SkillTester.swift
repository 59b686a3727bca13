import FoundationEssentials
import JSONSchema
package import PlanExecution
import SkillCatalog
import Storage

/// Runs a skill's own tests and holds its tools to what they promise, confined like any call of a tool.
package struct SkillTester: Sendable {
    let home: String
    let sandbox: SandboxMode
    let patience: Duration
    let folders: [String]

    /// - Parameters:
    ///   - home: the program's own folder, for private Python environments.
    ///   - patience: longest time for the tests of one skill.
    ///   - folders: more folders of skills that the steps of a skill may mean.
    package init(
        home: String,
        sandbox: SandboxMode = .required,
        patience: Duration = .seconds(300),
        folders: [String] = []
    ) {
        self.folders = folders
        self.home = home
        self.sandbox = sandbox
        self.patience = patience
    }

    /// Tests one skill.
    ///
    /// - Parameter folder: a folder that holds one skill.
    /// - Throws: `AuthoringError` where there is no skill to test, or no sandbox to test it in.
    package func test(_ folder: String) async throws -> TestReport {
        guard let place = RealFolder.of(folder) else { throw AuthoringError(.missing, "\(folder) is not a folder") }
        var report = TestReport(skill: FileSystem.name(of: place), folder: place)
        report.checks += rules(place)
        let found = try await FoundSkill.all(in: place).skills.filter { $0.origin.folder == place }
        guard let skill = found.first else {
            if report.isPassed { report.checks.append(.init("rules", "SKILL.md", .failed, "it is no usable skill")) }
            return report
        }
        report.skill = skill.name
        report.checks += ContractCheck.schemas(of: skill)
        let workspace = try StagingFolder(in: FileManager.default.temporaryDirectory.path())
        let runner = try SkillTestRunner(tester: self, skill: skill, folder: place, workspace: workspace)
        report.checks += try await runner.functions()
        report.checks += try await runner.examples()
        report.checks += try await runner.tests()
        return report
    }

    /// Strict validation; the plain form is not held to the rules of front matter.
    private func rules(_ folder: String) -> [TestReport.Check] {
        let diagnostics = SkillValidator.validate(folder: folder)
        let isPlainForm = diagnostics.contains { $0.code == "missing-front-matter" }
        let errors = diagnostics.filter { $0.severity == .error && !(isPlainForm && $0.code == "missing-front-matter") }
        if errors.isEmpty { return [.init("rules", "SKILL.md", .passed)] }
        return errors.map { .init("rules", $0.code, .failed, $0.message) }
    }
}
