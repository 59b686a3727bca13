import CommandLineInterface
import JSONSchema
import PlanExecution
import SkillService
import SkillWeaver

/// `skillweaver serve token …`
enum ServeTokenCommands {
    static let group = CommandGroup(
        "token",
        "Make, list and revoke the tokens that let programs into the service.",
        discussion: """
            What is made and revoked here counts at once, also in a service that runs. Of a token only its SHA-256 is kept, \
            in service/tokens.json in the folder of --home.
            """,
        [ServeTokenCreateCommand(), ServeTokenListCommand(), ServeTokenRevokeCommand()]
    )
}

extension AccessScope: CommandLineValue {}

extension CommandContext {
    /// The tokens of this installation.
    fileprivate func accessTokens(_ values: ParsedValues) throws -> AccessTokenStore {
        AccessTokenStore(home: try routerOptions(values).home.folder)
    }
}

/// `skillweaver serve token create`
struct ServeTokenCreateCommand: CommandDefinition {
    let name = "create"
    let summary = "Make a token; it is shown once."
    let discussion = """
        A token may do what its scopes say: library (search, route, skills), runs:read (look at runs), runs:write (start and \
        answer runs, and /mcp), metrics (/metrics), admin (everything, also tokens). Standard output holds the token alone, \
        so that it can be put where it is needed without being seen.
        """
    let examples = [
        CommandExample(
            "Make a token for a build server",
            "skillweaver serve token create --name ci --scope runs:write --expires 30d > token"
        )
    ]

    let called = Option<String>("name", value: "NAME", as: .nonBlank, "What the token is for, as it is listed.")
    let scopes = Option<[AccessScope]>("scope", value: "SCOPE", "What it may do. Repeatable; at least one.")
    let expires = Option<Int?>(
        "expires",
        value: "TIME",
        as: .lifetime,
        "How long it lasts: minutes, hours, days or weeks, such as 12h or 30d. Default: until it is revoked."
    )

    var parameters: [any ParameterDeclaration] { [called, scopes, expires] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        guard !values[scopes].isEmpty else {
            let words = AccessScope.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandError.usage("say with --scope what the token may do: \(words)")
        }
        let (token, secret) = try await context.accessTokens(values).create(
            name: values[called],
            scopes: Set(values[scopes]),
            lifetime: values[expires].map(Int64.init)
        )
        if context.wantsJSON {
            guard case .object(var members) = token.json else { return .failed }
            members["token"] = .string(secret.text)
            try context.console.writeJSON(.object(members))
        } else {
            try context.console.writeLine(secret.text)
            let end = token.expires.map { "until \($0.shown)" } ?? "until it is revoked"
            context.console.note("token \(token.id), \(token.shownScopes), \(end); it is not shown again")
        }
        return .done
    }
}

/// `skillweaver serve token list`
struct ServeTokenListCommand: CommandDefinition {
    let name = "list"
    let summary = "List the tokens: what they are called, what they may do, when they end and were last used."
    let examples = [CommandExample("See which tokens there are", "skillweaver serve token list")]

    var parameters: [any ParameterDeclaration] { [] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let tokens = try await context.accessTokens(values).list()
        if context.wantsJSON {
            try context.console.writeJSON(["tokens": .array(tokens.map(\.json))])
            return .done
        }
        let now = SystemRunClock().now
        for token in tokens {
            let end = token.expires.map { ($0 <= now ? "expired " : "until ") + $0.shown } ?? "no end"
            let use = token.lastUsed.map { "used \($0.shown)" } ?? "never used"
            try context.console.writeLine(
                "\(token.id)  \(token.name.printable)  \(token.shownScopes)  \(end)  \(use)"
            )
        }
        if tokens.isEmpty { context.console.note("there are no tokens but that of the installation") }
        return .done
    }
}

/// `skillweaver serve token revoke`
struct ServeTokenRevokeCommand: CommandDefinition {
    let name = "revoke"
    let summary = "Make a token worthless at once."
    let discussion = """
        The token of the installation is no token of the list: remove the file service/token in the folder of --home, and \
        the next start makes another.
        """
    let examples = [CommandExample("Revoke a token", "skillweaver serve token revoke 3f9c2a71d0b84e56")]

    let id = Argument<String>("ID", as: .nonBlank, "The token, as 'skillweaver serve token list' shows it.")

    var parameters: [any ParameterDeclaration] { [id] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        guard try await context.accessTokens(values).revoke(values[id]) else {
            throw CommandError(
                "unknown-token",
                "there is no token '\(values[id].printable)'",
                hint: "'skillweaver serve token list' shows them; give the id, not the token itself"
            )
        }
        if context.wantsJSON {
            try context.console.writeJSON(["id": .string(values[id]), "revoked": true])
        } else {
            context.console.note("token \(values[id]) is worthless now")
        }
        return .done
    }
}

extension ValueFormat where Value == Int {
    /// Minutes, hours, days or weeks, as seconds: `30m`, `12h`, `30d`, `4w`.
    fileprivate static var lifetime: Self {
        let units: [Character: Int] = ["m": 60, "h": 3_600, "d": 86_400, "w": 604_800]
        return ValueFormat(
            expectation: "a number of minutes, hours, days or weeks up to ten years, such as 30m, 12h, 30d or 4w",
            constraint: nil,
            read: { word in
                guard let unit = word.last.flatMap({ units[$0] }), word.dropLast().allSatisfy(\.isASCII),
                    let count = UInt16(word.dropLast()), word.first != "+"
                else { return nil }
                let seconds = Int(count) * unit
                return AccessTokenStore.lifetimes.contains(Int64(seconds)) ? seconds : nil
            },
            write: { $0 % 86_400 == 0 ? "\($0 / 86_400)d" : "\($0 / 60)m" }
        )
    }
}

extension RunTime {
    fileprivate var shown: String { description.prefix(16).replacing("T", with: " ") + " UTC" }
}

extension AccessToken {
    fileprivate var shownScopes: String { scopes.sorted().map(\.rawValue).joined(separator: ",") }
}

extension AccessTokenError: CommandErrorConvertible {
    var commandError: CommandError { CommandError(kind.rawValue, message, hint: advice) }
}
