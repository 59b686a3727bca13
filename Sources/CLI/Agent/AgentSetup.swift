import CommandLineInterface
import LanguageModels
import PlanExecution
import SkillAuthoring
import SkillHarness
import SkillRouting
import SkillWeaver
import Storage
import ToolConnectors

/// Everything a language model needs to work with skills, as the command line asks for it.
struct AgentSetup {
    let session: SkillSession
    let loop: AgentLoop
    let menu: SkillMenu

    init(_ values: ParsedValues, input: InputLines, in context: CommandContext) async throws {
        let model = try context.chatModel(values, isAsked: true, toUseOne: "--model")
        guard let model else { throw ChatEndpointError.noModel(address: nil) }
        let options = try context.routerOptions(values)
        let counter = try options.installation.tokenCounter()
        let reference = try values.libraryReference
        let inventory = try await RouterResources.catalog(reference, options: options)
        let router = try await SkillRouter(library: reference, options: options)

        let id = Self.sessionID()
        let folder = "\(options.home.folder)/sessions/\(id)"
        try FileSystem.createFolder("\(folder)/results")
        let workspace = RunWorkspace(
            folder: FileSystem.absolute(values[AgentGroup.workspace] ?? "."),
            results: "\(folder)/results"
        )
        let grants = try options.home.grants()
        let provider = ToolInvokerProvider.standard(
            home: options.home.folder,
            grants: grants,
            sandbox: values[AgentGroup.sandbox],
            additional: [try OpenAPIInvoker(grants: grants)],
            folders: [options.installation.bundledSkills].compactMap(\.self)
        )
        session = try await SkillSession(
            id: id,
            library: SessionLibrary(inventory, router: router),
            invoker: try await provider.invoker(for: workspace),
            approval: Self.approval(
                values[AgentGroup.approve],
                try options.home.approvalRules(),
                input: input,
                console: context.console
            ),
            counter: counter
        )
        let (_, warning) = try await session.preload(values[AgentGroup.load], isPinned: true)
        if let warning { context.console.warn(warning) }
        menu = await session.menu()
        loop = AgentLoop(
            model: model,
            session: session,
            assembler: ContextAssembler(budget: values[AgentGroup.context], counter: counter),
            options: AgentOptions(
                maximumSteps: values[AgentGroup.steps],
                maximumTokens: values[AgentGroup.maximumTokens]
            ),
            preselect: values[AgentGroup.menuOnly] ? nil : Self.preselection(router)
        )
    }

    /// The skills of the first steps a request is routed to, at most three: what else is needed the model loads itself.
    private static func preselection(_ router: SkillRouter) -> @Sendable (String) async throws -> [String] {
        { request in Array(try await router.route(request).skills.prefix(3)) }
    }

    private static func sessionID() -> String {
        var generator = SystemRandomNumberGenerator()
        return "session-" + String(generator.next(), radix: 36)
    }

    /// The mode that was chosen with the user's standing rules; asks at the terminal with the exact arguments.
    private static func approval(
        _ mode: ApprovalMode,
        _ rules: ApprovalRules,
        input: InputLines,
        console: Console
    ) -> ToolApproval {
        let policy = ApprovalPolicy(mode: mode, rules: rules)
        // Where nobody sits there, the answer is no.
        guard input.isTerminal else { return ToolApproval(policy) }
        return ToolApproval(policy) { question in
            console.note(question.text)
            for line in question.argumentLines { console.note("    \(line)") }
            console.note("allow it? [y/N]")
            let answer = (try? await input.next()) ?? ""
            return ["y", "yes"].contains(answer.lowercased())
        }
    }
}
