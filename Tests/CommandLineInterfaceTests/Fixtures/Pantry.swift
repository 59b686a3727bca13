import CommandLineInterface
import JSONSchema

/// A made-up program with one command of every kind.
enum Pantry {
    static let home = Option<String?>("home", value: "DIR", as: .folder, "Where the pantry is kept.")

    static let program = Program(
        "pantry",
        version: "1.2.3",
        "Keep an eye on what there is to eat.",
        options: [home],
        examples: [CommandExample("Find something sweet", "pantry find 'sweet'")],
        [
            FindCommand(),
            StoreCommand(),
            CommandGroup("shelf", "Look after the shelves.", [ShelfListCommand(), ShelfShowCommand()]),
            WatchCommand(),
            CommandGroup(
                "bench",
                "Measure.",
                shared: BenchOptions().parameters,
                [CommandGroup("oven", "Measure the oven.", [BenchOvenHeatCommand()])]
            ),
        ]
    )
}

enum Form: String, CaseIterable, CommandLineValue {
    case table, tree, mermaid
}

struct RankingOptions: ParameterGroup {
    let title: String? = "Ranking options"
    let rank = Flag("rank", isNegatable: true, default: true, "Rank what is found.")
    let weight = Option<Double>("weight", value: "W", as: .number(in: 0...1), default: 0.6, "Weight of freshness.")

    var parameters: [any ParameterDeclaration] { [rank, weight] }
}

struct FindCommand: CommandDefinition {
    let name = "find"
    let summary = "Find what fits a text."
    let discussion = """
        Looks at every shelf, from the top one to the one at the bottom, and sorts what it finds by how well it fits \
        the text.

        An empty pantry finds nothing:

            pantry find "*"   # in vain
        """
    let examples = [CommandExample("Three sweet things", "pantry find --top 3 'something sweet'")]

    let text = Argument<String>("TEXT", as: .nonBlank, "What to look for.")
    let top = Option<Int>("top", short: "k", value: "K", as: .integer(in: 1...100), default: 10, "How much to list.")
    let form = Option<Form>("form", value: "FORM", default: .table, "How to print it.")
    let tags = Option<[String]>("tag", short: "t", value: "TAG", "Only what carries this tag.")
    let offset = Option<Int?>("offset", value: "N", "Where to begin; negative counts from the end.")
    let explain = Flag("explain", short: "e", "Say why.")
    let ranking = RankingOptions()

    var parameters: [any ParameterDeclaration] { [text, top, form, tags, offset, explain, ranking] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let offset = values[offset].map { "\($0)" } ?? "-"
        try context.console.writeLine("text=\(values[text]) top=\(values[top])\(values.wasGiven(top) ? "!" : "")")
        try context.console.writeLine("form=\(values[form]) tags=\(values[tags]) offset=\(offset)")
        try context.console.writeLine(
            "explain=\(values[explain]) rank=\(values[ranking.rank]) weight=\(values[ranking.weight])"
        )
        try context.console.writeLine("home=\(values[Pantry.home] ?? "-") json=\(context.wantsJSON)")
        return .done
    }
}

struct StoreCommand: CommandDefinition {
    let name = "store"
    let summary = "Put things away."

    let sources = Argument<[String]>("SOURCE", as: .file, "What to put away.")
    let shelf = Option<String>("into", value: "DIR", as: .folder, "The shelf to put it on.")

    var parameters: [any ParameterDeclaration] { [sources, shelf] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        try context.console.writeLine("\(values[sources]) into \(values[shelf])")
        return .done
    }
}

struct ShelfListCommand: CommandDefinition {
    let name = "list"
    let summary = "List the shelves."

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        context.console.note("one shelf")
        context.console.detail("looked twice")
        context.console.warn("the shelf is dusty")
        try context.console.writeJSON(["shelves": ["top"]])
        return .nothingFits
    }
}

struct ShelfShowCommand: CommandDefinition {
    let name = "show"
    let summary = "Show one shelf."

    let shelf = Argument<String?>("NAME", "The shelf; the top one when it is left out.")

    var parameters: [any ParameterDeclaration] { [shelf] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        try context.console.writeLine(values[shelf] ?? "top")
        return .done
    }
}

/// Both a command and a group.
struct WatchCommand: CommandDefinition {
    struct Stop: CommandDefinition {
        let name = "stop"
        let summary = "Stop watching."

        func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
            try context.console.writeLine("stopped")
            return .done
        }
    }

    let name = "watch"
    let summary = "Watch the pantry."
    let subcommands: [any CommandTree] = [Stop()]

    let follow = Flag("follow", "Go on until interrupted.")

    var parameters: [any ParameterDeclaration] { [follow] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        try context.console.writeLine("watching follow=\(values[follow])")
        return .done
    }
}

struct BenchOptions: ParameterGroup {
    let seed = Option<Int>("seed", value: "N", default: 7, "Seed of what is random.")

    var parameters: [any ParameterDeclaration] { [seed] }
}

struct BenchOvenHeatCommand: CommandDefinition {
    let name = "heat"
    let summary = "Measure how fast it heats."

    private let options = BenchOptions()

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        try context.console.writeLine("seed=\(values[options.seed])")
        return .done
    }
}
