import CommandLineInterface
import HTTPTransport
import JSONSchema
import LanguageModels
import PlanExecution
import SkillRetrieval
import SkillRouting
import SkillWeaver
import Storage
import Subprocesses

/// `skillweaver doctor`
struct DoctorCommand: CommandDefinition {
    let name = "doctor"
    let summary = "Say what was found on this machine and what is missing."
    let parameters: [any ParameterDeclaration] = [
        GlobalOptions.store, EncoderOptions.group, ModelOptions.model, ModelOptions.baseURL,
    ]
    let discussion = "Exits with 1 when something that routing needs is missing or does not work."

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let options = try context.routerOptions(values)
        var checks = [Self.home(options.home)]
        if let endpoint = options.embeddingEndpoint {
            checks.append(await Self.endpoint(endpoint))
        } else {
            checks += await Self.encoder(options)
        }
        checks.append(Self.bundledSkills(options.installation))
        checks += await Self.libraries(options)
        if let store = try values.store { checks.append(await Self.store(store)) }
        checks.append(try await Self.languageModel(values, in: context))
        checks.append(await Self.sandbox(context.environment))
        checks += Self.commands(context.environment)
        let isFit = checks.allSatisfy { $0.state != .missing }
        if context.wantsJSON {
            try context.console.writeJSON(["ok": .bool(isFit), "checks": .array(checks.map(\.json))])
        } else {
            for check in checks { try check.write(to: context.console) }
        }
        return isFit ? .done : .failed
    }

    private static func home(_ home: SkillHome) -> Check {
        do {
            try home.prepare()
            return Check("home", .found, home.folder)
        } catch {
            return Check("home", .missing, "\(error)", hint: "choose another folder with --home")
        }
    }

    /// Looks for the encoder's parts, then embeds a text with them.
    private static func encoder(_ options: RouterOptions) async -> [Check] {
        let installation = options.installation
        let hint = "run 'make setup' in the checkout"
        var checks = [
            installation.runtime.map { Check("inference runtime", .found, $0) }
                ?? Check("inference runtime", .missing, "OpenVINO was not found beside the program", hint: hint),
            installation.encoder.map { Check("encoder", .found, $0) }
                ?? Check("encoder", .missing, "no model folder was found beside the program", hint: hint),
        ]
        guard checks.allSatisfy({ $0.state == .found }) else { return checks }
        do {
            let encoder = try SentenceEncoder(files: installation.encoderFiles(cache: options.home.compiledModels))
            let clock = ContinuousClock()
            let start = clock.now
            try await encoder.prepare()
            let compiled = clock.now
            _ = try await encoder.embed("how long does one text take", as: .query)
            let first = clock.now
            _ = try await encoder.embed("how long does one text take", as: .query)
            let detail =
                "\(encoder.model.name), \(encoder.model.dimensions) dimensions: loaded in "
                + "\(milliseconds(compiled - start)) ms, first text \(milliseconds(first - compiled)) ms, "
                + "then \(milliseconds(clock.now - first)) ms"
            checks.append(Check("embedding", .found, detail))
        } catch {
            checks.append(Check("embedding", .missing, "\(error)", hint: hint))
        }
        return checks
    }

    /// Has a server embed a text.
    private static func endpoint(_ endpoint: EmbeddingEndpoint) async -> Check {
        do {
            let embedder = try await RemoteEmbedder.connect(to: endpoint)
            let clock = ContinuousClock()
            let start = clock.now
            _ = try await embedder.embed("how long does one text take", as: .query)
            let detail =
                "\(endpoint), \(embedder.model.dimensions) dimensions: one text in \(milliseconds(clock.now - start)) ms; "
                + "it gives no token states, so words and whole texts alone order results"
            return Check("embedding", .found, detail)
        } catch {
            return Check("embedding", .missing, "\(error)", hint: "correct --embedding-model and --embedding-url")
        }
    }

    private static func bundledSkills(_ installation: Installation) -> Check {
        guard let folder = installation.bundledSkills else {
            return Check("bundled skills", .optional, "not found beside the program; use --library")
        }
        return Check("bundled skills", .found, folder)
    }

    private static func libraries(_ options: RouterOptions) async -> [Check] {
        let model = try? await RouterResources.embedder(options).model
        var checks: [Check] = []
        for name in options.home.libraryNames() {
            do {
                let summary = try await SkillLibrary(at: options.home.library(named: name)).summary()
                let size = "\(summary.skillCount) skills, \(summary.toolCount) tools, made with \(summary.modelName)"
                if summary.generation == 0 {
                    checks.append(
                        Check("library \(name)", .optional, "never indexed completely", hint: "index it again")
                    )
                } else if let model, EntryEncoder.fingerprint(model) != summary.modelFingerprint {
                    checks.append(
                        Check(
                            "library \(name)",
                            .optional,
                            size + ", but not as this program makes them now",
                            hint: "index it again"
                        )
                    )
                } else {
                    checks.append(Check("library \(name)", .found, size))
                }
            } catch {
                checks.append(Check("library \(name)", .optional, "\(error)", hint: "index it again"))
            }
        }
        return checks
    }

    private static func store(_ store: LibraryStore) async -> Check {
        do {
            return Check("store \(store)", .found, try await PostgreSQLStore(store.address).about())
        } catch {
            return Check("store \(store)", .missing, "\(error)")
        }
    }

    /// Routing works without a language model, so nothing about it is ever missing.
    private static func languageModel(_ values: ParsedValues, in context: CommandContext) async throws -> Check {
        let name = "language model"
        do {
            guard let endpoint = try context.chatEndpoint(values) else {
                return Check(
                    name,
                    .optional,
                    "none is configured; the local decomposer needs none",
                    hint: "set \(ChatEndpoint.modelVariable) and OPENAI_BASE_URL to use one"
                )
            }
            let options = try ChatEndpoint.clientOptions { context.environment[$0] }
            let result = try await endpoint.probe(client: CurlHTTPClient(options: options))
            let warning = endpoint.exposesKey ? "the key would travel readably; use https" : nil
            return Check(name, result.isReachable ? .found : .optional, result.detail, hint: warning)
        } catch let error as ChatEndpointError {
            return Check(name, .optional, "\(error)")
        }
    }

    /// Starts a program in a sandbox. Routing needs none.
    private static func sandbox(_ environment: Environment) async -> Check {
        let (name, refused) = ("sandbox", "tools that are programs are refused without it")
        guard (try? ExecutableSearch(searchPath: environment["PATH"]).locate("bwrap")) != nil else {
            let hint = "install bubblewrap, or run with --sandbox off if you trust every skill"
            return Check(name, .optional, "bubblewrap was not found; \(refused)", hint: hint)
        }
        do throws(ToolFailure) {
            return Check(name, .found, "\(try await SandboxReport.bubblewrap(searchPath: environment["PATH"])) works")
        } catch {
            return Check(name, .optional, "bubblewrap does not work; \(refused): \(error.message)")
        }
    }

    private static func commands(_ environment: Environment) -> [Check] {
        let search = ExecutableSearch(searchPath: environment["PATH"])
        return [
            ("dot", "draws plans as SVG", "install graphviz"),
            ("python3", "runs skills written in Python", "install python3"),
            ("git", "is used by the git skill", "install git"),
        ].map { name, use, hint in
            if let path = try? search.locate(name) { return Check(name, .found, path) }
            return Check(name, .optional, "not found; it \(use)", hint: hint)
        }
    }

    private static func milliseconds(_ duration: Duration) -> String {
        "\((duration / .milliseconds(1) * 10).rounded() / 10)"
    }
}

/// One line of the doctor's report.
private struct Check {
    enum State: String {
        case found
        /// Not there, or broken, and nothing that matters stops.
        case optional
        /// Not there, or broken, and routing cannot work without it.
        case missing
    }

    let name: String
    let state: State
    let detail: String
    let hint: String?

    init(_ name: String, _ state: State, _ detail: String, hint: String? = nil) {
        self.name = name
        self.state = state
        self.detail = detail
        self.hint = hint
    }

    var json: JSONValue {
        ["name": .string(name), "state": .string(state.rawValue), "detail": .string(detail), "hint": JSONValue(hint)]
    }

    func write(to console: Console) throws {
        let mark =
            switch state {
            case .found: console.style("ok      ", .green)
            case .optional: console.style("optional", .yellow)
            case .missing: console.style("missing ", .bold, .red)
            }
        try console.writeLine("\(mark)  \(name.printable): \(detail.printable)" + (hint.map { " (\($0))" } ?? ""))
    }
}
