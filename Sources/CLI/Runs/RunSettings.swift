import CommandLineInterface
import JSONSchema
import LanguageModels
import PlanExecution
import SkillAuthoring
import SkillRouting
import SkillWeaver
import Storage
import ToolConnectors

/// Options of commands that drive runs.
struct RunSettings: ParameterGroup {
    static let group = RunSettings()

    static let sandbox = Option<SandboxMode>(
        "sandbox",
        value: "MODE",
        default: .required,
        "Whether tools that are programs run confined; 'off' gives them the rights of this command."
    )
    static let grants = Option<String?>(
        "grants",
        value: "FILE",
        as: .file,
        "What skills are allowed beyond their workspace. Default: grants.json in the folder of --home."
    )
    static let grant = Option<[String]>(
        "grant",
        value: "SKILL=HOST",
        as: .text,
        "Lets a skill reach a host (example.org, example.org:443, loopback, private, any) in this run; repeatable."
    )

    let title: String? = "Tools"
    let parameters: [any ParameterDeclaration] = [sandbox, grants, grant]
}

extension ApprovalMode: CommandLineValue {}
extension FailurePolicy: CommandLineValue {}

extension CommandContext {
    /// The router's options with what calls tools, as the command line says.
    func runOptions(_ values: ParsedValues) throws -> RouterOptions {
        var options = try routerOptions(values)
        let grants = try grants(values, home: options.home)
        options.invokers = try invokers(values, options, additional: [])
        let names = Set(grants.skills.values.flatMap(\.environment))
        options.runStore = try values.store
        options.secrets = names.sorted().compactMap { environment[$0] }.filter { !$0.isEmpty }
        return options
    }

    /// What calls tools, as the command line says.
    ///
    /// - Parameter additional: asked before the standard invokers.
    func invokers(
        _ values: ParsedValues,
        _ options: RouterOptions,
        additional: [any ToolInvoker]
    ) throws -> ToolInvokerProvider {
        let grants = try grants(values, home: options.home)
        return .standard(
            home: options.home.folder,
            grants: grants,
            sandbox: values[RunSettings.sandbox],
            additional: additional + [try OpenAPIInvoker(grants: grants)],
            folders: [options.installation.bundledSkills].compactMap(\.self)
        )
    }

    /// What drives runs, for commands that need no library.
    ///
    /// - Parameter repairModel: puts right arguments that tools refuse; nil for none.
    func runResources(_ values: ParsedValues, repairModel: (any ChatModel)? = nil) throws -> RunResources {
        let options = try runOptions(values)
        return RunResources(
            home: options.home,
            invokers: options.invokers,
            secrets: options.secrets,
            store: options.runStore,
            repairModel: repairModel
        )
    }

    /// What looks for other ways when a run is at a dead end: a router over the library, opened when it is needed.
    func replanner(_ values: ParsedValues) throws -> any Replanner {
        let options = try runOptions(values)
        let router = RouterOnDemand { try await SkillRouter(library: libraryForRun(values), options: options) }
        return RouterReplanner { try await router.router() }
    }

    private func grants(_ values: ParsedValues, home: SkillHome) throws -> ToolGrants {
        var grants: ToolGrants
        do {
            grants = try home.grants(from: values[RunSettings.grants])
        } catch {
            throw CommandError("grants", error.description, exitCode: .usage)
        }
        for word in values[RunSettings.grant] {
            guard let sign = word.firstIndex(of: "="), sign != word.startIndex,
                let network = NetworkGrant(String(word[word.index(after: sign)...]))
            else {
                throw CommandError.usage("--grant is SKILL=HOST, such as http-fetch=example.org:443, not '\(word)'")
            }
            grants[String(word[..<sign])].network.append(network)
        }
        return grants
    }
}
