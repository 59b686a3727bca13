import CommandLineInterface
import JSONSchema
import SkillRetrieval
import SkillRouting
import SkillWeaver

/// `skillweaver tune --pairs FILE`
struct TuneCommand: CommandDefinition {
    let name = "tune"
    let summary = "Fit how much each signal of the search counts to results you accepted."
    let discussion = """
        Each line of the file is a text and the skill that was right for it: {"query": "…", "skill": "…"}. The weights are \
        judged on pairs they were not fitted to, five times a fifth, and are kept with the library and used from then on \
        only when they do better there. --reset goes back to the weights of the program.
        """
    let examples = [
        CommandExample("Fit to accepted results", "skillweaver tune --library mine --pairs accepted.jsonl"),
        CommandExample(
            "Look without keeping anything",
            "skillweaver tune --library mine --pairs accepted.jsonl --dry-run"
        ),
    ]

    let pairs = Option<String?>("pairs", value: "FILE", as: .file, #"Lines {"query","skill"}, JSONL."#)
    let dryRun = Flag("dry-run", "Show what it would come to, and keep nothing.")
    let reset = Flag("reset", "Forget fitted weights.")

    var parameters: [any ParameterDeclaration] { [pairs, GlobalOptions.library, dryRun, reset, EncoderOptions.group] }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let options = try context.routerOptions(values)
        let reference = values[GlobalOptions.library].map(LibraryReference.named) ?? .bundled
        let router = try await SkillRouter(library: reference, options: options)
        let names = SkillNames(
            library: try await RouterResources.catalog(reference, options: options),
            sources: []
        )
        if values[reset] {
            try await router.keep(nil)
            context.console.note("\(names.libraryName) is searched with the weights of the program")
            return .done
        }
        guard let file = values[pairs] else {
            throw CommandError.usage("--pairs is missing; name a file of accepted results, or give --reset")
        }
        let pairs = try await AcceptedPairs.read(file, names: names, console: context.console)
        let report = try await context.console.withProgress("Reading \(pairs.count) pairs") { progress in
            try await router.tune(pairs) { progress.advance(to: $0) }
        }
        let isKept = report.isGain && !values[dryRun]
        if isKept { try await router.keep(report) }
        if context.wantsJSON {
            try context.console.writeJSON(json(report, isKept: isKept))
        } else {
            try show(
                report,
                isKept: isKept,
                isDry: values[dryRun],
                library: names.libraryName,
                console: context.console
            )
        }
        return .done
    }
}

extension TuneCommand {
    private func json(_ report: TuningReport, isKept: Bool) -> JSONValue {
        func quality(_ quality: TuningReport.Quality) -> JSONValue {
            ["recall_at_1": .number(quality.recallAt1), "mrr": .number(quality.reciprocalRank)]
        }
        func weights(_ values: [Signal: Double]) -> JSONValue {
            .object(
                JSONObject(
                    Signal.allCases.compactMap { signal in values[signal].map { (signal.rawValue, .number($0)) } }
                )
            )
        }
        return [
            "pairs": JSONValue(report.pairs), "found": JSONValue(report.found), "default": quality(report.before),
            "held_out": quality(report.after), "gain": .number(report.gain), "gain_error": .number(report.gainError),
            "default_weights": weights(report.defaults), "fitted_weights": weights(report.fitted),
            "kept": .bool(isKept),
        ]
    }

    private func show(
        _ report: TuningReport,
        isKept: Bool,
        isDry: Bool,
        library: String,
        console: Console
    ) throws {
        try console.writeLine("\(report.pairs) pairs; the first stage finds the skill of \(report.found)")
        try console.writeLine("on held-out pairs     R@1    MRR")
        for (name, quality) in [("program's weights", report.before), ("fitted weights   ", report.after)] {
            try console.writeLine(
                "  \(name) \(DecimalText.fixed(quality.recallAt1, 3))  \(DecimalText.fixed(quality.reciprocalRank, 3))"
            )
        }
        for signal in Signal.allCases {
            guard let before = report.defaults[signal], let after = report.fitted[signal] else { continue }
            try console.writeLine(
                "  \(signal.rawValue): \(DecimalText.fixed(before, 2)) → \(DecimalText.fixed(after, 2))"
            )
        }
        if isKept {
            try console.writeLine("kept: '\(library)' is searched with the fitted weights from now on")
        } else if report.isGain, isDry {
            try console.writeLine("a gain; without --dry-run it would be kept")
        } else {
            try console.writeLine(
                "not kept: the gain of \(DecimalText.fixed(report.gain, 4)) is not above its standard error "
                    + "of \(DecimalText.fixed(report.gainError, 4)), or there are fewer than 20 usable pairs"
            )
        }
    }
}
