import JSONSchema
import PlanExecution
import SkillCatalog
import Storage

/// The parts of a test that run a skill's code: described, called and tested by workers that see the skill and an empty
/// workspace.
struct SkillTestRunner: Sendable {
    let skill: Skill
    let folder: String
    /// The skill that does the testing, written for this test; it may read the tested one.
    private let helper: Skill
    private let provider: ToolInvokerProvider
    private let workspace: RunWorkspace
    private let limits: CallLimits
    /// Keeps the folders as long as this lives.
    private let staging: StagingFolder

    init(tester: SkillTester, skill: Skill, folder: String, workspace: StagingFolder) throws(AuthoringError) {
        self.skill = skill
        self.folder = folder
        staging = workspace
        let own = try workspace.folder("helper")
        do throws(StorageError) {
            try FileSystem.write(Array(Self.program.utf8), to: "\(own)/tools.py")
        } catch {
            throw AuthoringError(.files, "\(error)")
        }
        helper = Skill(
            id: "skill-tests",
            name: "skill-tests",
            description: "Runs the tests of a skill.",
            origin: SkillOrigin(source: "skill-tests", file: "\(own)/tools.py", folder: own)
        )
        let environments = SkillEnvironments(home: tester.home)
        let interpreter = environments.interpreter(for: skill) ?? "python3"
        let skills = HomeSkills(home: tester.home, folders: tester.folders)
        provider = ToolInvokerProvider.standard(
            grants: ToolGrants(skills: ["skill-tests": SkillGrant(network: [.loopback], readablePaths: [folder])]),
            sandbox: tester.sandbox,
            python: PythonSettings { [id = skill.id] other in
                other.id == "skill-tests" || other.id == id
                    ? interpreter : environments.interpreter(for: other) ?? "python3"
            },
            lookUp: { await skills.named($0, asking: $1) }
        )
        self.workspace = RunWorkspace(
            folder: try workspace.folder("workspace"),
            results: try workspace.folder("results")
        )
        limits = CallLimits(deadline: tester.patience)
    }

    // MARK: - Checks

    /// The functions of `tools.py` against the schemas.
    func functions() async throws -> [TestReport.Check] {
        guard FileSystem.exists("\(folder)/tools.py") else {
            return skill.tools.isEmpty ? [] : [.init("functions", "tools.py", .skipped, "there is no tools.py")]
        }
        if skill.tools.isEmpty { return [] }
        switch try await call("describe") {
        case .success(let described):
            if let problem = described["problem"]?.stringValue {
                return [.init("functions", "tools.py", .failed, problem)]
            }
            return ContractCheck.functions(of: skill, described["functions"]?.objectValue ?? [:])
        case .failure(let failure): return [.init("functions", "tools.py", .failed, failure.message)]
        }
    }

    /// The calls of `examples.json`, made like any other call.
    func examples() async throws -> [TestReport.Check] {
        let declared: SkillExamples?
        do {
            declared = try SkillExamples(in: folder)
        } catch {
            return [.init("examples", SkillExamples.fileName, .failed, error.message)]
        }
        guard let declared else { return [] }
        let invoker = try await provider.invoker(for: workspace)
        var checks: [TestReport.Check] = []
        for (index, example) in declared.examples.enumerated() {
            let name = "\(index + 1) (\(example.tool))"
            if let reason = obstacle(to: example) {
                checks.append(.init("examples", name, .skipped, reason))
                continue
            }
            let problem = await problem(of: example, key: "example-\(index + 1)", invoker)
            checks.append(.init("examples", name, problem == nil ? .passed : .failed, problem ?? ""))
        }
        await invoker.close()
        return checks
    }

    /// The skill's own tests: Python's unittest in its folder `tests`.
    func tests() async throws -> [TestReport.Check] {
        guard FileSystem.exists("\(folder)/tests") else {
            return [.init("tests", "tests", .skipped, "the skill has no folder 'tests'")]
        }
        switch try await call("run_tests") {
        case .success(let outcome):
            let checks = (outcome["tests"]?.arrayValue ?? []).map { test in
                TestReport.Check(
                    "tests",
                    test["name"]?.stringValue ?? "a test",
                    test["outcome"]?.stringValue.flatMap(TestReport.Outcome.init) ?? .failed,
                    test["detail"]?.stringValue ?? ""
                )
            }
            return checks.isEmpty ? [.init("tests", "tests", .failed, "no test was found in 'tests/test*.py'")] : checks
        case .failure(let failure): return [.init("tests", "tests", .failed, failure.message)]
        }
    }

    // MARK: - Calls

    /// Why an example cannot be tried here; puts its files into the workspace.
    private func obstacle(to example: SkillExamples.Example) -> String? {
        guard example.needs.isEmpty else { return "it needs \(example.needs.joined(separator: ", "))" }
        for file in example.files {
            do {
                let path = try EntryPath(untrusted: Array(file.utf8), depth: 16).text
                let bytes = try RealFolder.contents(
                    of: "\(folder)/\(SkillExamples.filesFolder)/\(path)",
                    in: folder,
                    limit: ContentLimits().fileBytes
                )
                let place = "\(workspace.folder)/\(path)"
                try FileSystem.createFolder(FileSystem.parent(of: place))
                try FileSystem.write(bytes, to: place)
            } catch {
                return "it needs the file \(file.prefix(200)), which the skill does not bring"
            }
        }
        return nil
    }

    private func problem(
        of example: SkillExamples.Example,
        key: String,
        _ invoker: any ToolInvoker
    ) async -> String? {
        guard let tool = skill.tool(named: example.tool) else { return "the skill has no tool '\(example.tool)'" }
        if let schema = tool.inputSchema.flatMap({ try? Schema($0) }),
            let violation = schema.violations(in: .object(example.arguments)).first
        {
            return "the arguments do not fit the schema: \(violation)"
        }
        do throws(ToolFailure) {
            let call = ToolCall(
                skill: skill,
                tool: tool,
                arguments: example.arguments,
                idempotencyKey: key,
                limits: limits
            )
            let result = try await invoker.invoke(call).value
            if let schema = tool.outputSchema.flatMap({ try? Schema($0) }),
                let violation = schema.violations(in: result).first
            {
                return "the result does not fit the schema: \(violation)"
            }
            if let schema = try? example.resultSchema.map({ try Schema($0) }),
                let violation = schema.violations(in: result).first
            {
                return "the result does not look like the one it was made of: \(violation)"
            }
            guard let expected = example.result, expected != result else { return nil }
            return "it returned \(result.serialized().prefix(300))"
        } catch {
            return error.message
        }
    }

    /// One call of the helper.
    private func call(_ function: String) async throws -> Result<JSONValue, ToolFailure> {
        let invoker = try await provider.invoker(for: workspace)
        var arguments: JSONObject = ["folder": .string(folder)]
        if function == "describe" { arguments["names"] = JSONValue(skill.tools.map(\.name)) }
        let outcome: Result<JSONValue, ToolFailure>
        do throws(ToolFailure) {
            let call = ToolCall(
                skill: helper,
                tool: Tool(name: function, description: ""),
                arguments: arguments,
                idempotencyKey: function,
                limits: limits
            )
            outcome = .success(try await invoker.invoke(call).value)
        } catch {
            outcome = .failure(error)
        }
        await invoker.close()
        if case .failure(let failure) = outcome, ["no-sandbox", "python-missing"].contains(failure.code) {
            throw AuthoringError(.program, failure.message)
        }
        return outcome
    }
}
