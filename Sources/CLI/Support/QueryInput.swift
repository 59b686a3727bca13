import CommandLineInterface
import JSONSchema
import SkillWeaver

/// One text from the command line, or every line of a batch.
enum QueryInput {
    case one(String)
    case batch(String)

    /// - Parameter what: the name of the argument, for messages.
    init(text: String?, batch: String?, what: String) throws(CommandError) {
        switch (text, batch) {
        case (let text?, nil): self = .one(text)
        case (nil, let file?): self = .batch(file)
        case (nil, nil): throw CommandError.usage("\(what) is missing; give one, or a file with --batch")
        case (_?, _?): throw CommandError.usage("\(what) and --batch cannot be used together")
        }
    }

    /// Answers the text, or each line of the batch in order.
    ///
    /// One text that nothing fits ends with `nothingFits`. A batch goes on: a line that fits nothing is an answer, and a
    /// line that is wrong is reported and makes the whole batch fail at its end.
    /// - Parameter answer: writes the answer; returns whether anything fits.
    func run(
        in context: CommandContext,
        answer: (_ query: String, _ id: JSONValue?) async throws -> Bool
    ) async throws -> ExitCode {
        switch self {
        case .one(let text):
            return try await answer(text, nil) ? .done : .nothingFits
        case .batch(let file):
            var hasFailed = false
            var lines = try BatchQueries(path: file).makeAsyncIterator()
            while true {
                try Task.checkCancellation()
                do {
                    guard let line = try await lines.next() else { break }
                    do {
                        _ = try await answer(line.query, line.id)
                    } catch let error as any CommandErrorConvertible where Self.concernsOneLine(error) {
                        // It keeps its place in the answer, with the reason.
                        hasFailed = true
                        try report(error.commandError, of: line, in: context)
                    }
                } catch let error as BatchError where error.line != nil {
                    hasFailed = true
                    context.console.report(error.commandError)
                }
            }
            return hasFailed ? .failed : .done
        }
    }

    /// Whether the next line may do better: the fault is the line's own, or a language model's that failed at it.
    private static func concernsOneLine(_ error: any CommandErrorConvertible) -> Bool {
        error.commandError.exitCode == .usage || error is DecompositionError || error is ChatModelError
    }

    private func report(_ error: CommandError, of line: BatchQuery, in context: CommandContext) throws {
        guard context.wantsJSON else { return context.console.report(error) }
        var answer: JSONObject = ["id": line.id, "query": .string(line.query)]
        answer["error"] = error.json["error"]
        try context.console.writeJSON(.object(answer))
    }
}
