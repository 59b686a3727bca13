import Subprocesses

extension Plan {
    /// The plan as an SVG drawing, made by Graphviz.
    ///
    /// - Parameter program: the `dot` program, by name or path.
    /// - Throws: `PlanDrawingError` when Graphviz is missing or fails; `CancellationError` when the task is cancelled.
    public func svg(program: String = "dot") async throws -> String {
        let limits = SubprocessLimits(deadline: .seconds(30), maximumOutputBytes: 32 << 20)
        do {
            let drawing = try await Subprocess(executable: program, arguments: ["-Tsvg"])
                .run(input: Array(dot.utf8), limits: limits)
                .checked(program)
            return drawing.outputText
        } catch let error as SubprocessError {
            if case .executableNotFound = error { throw PlanDrawingError.programMissing(program) }
            throw PlanDrawingError.failed("\(error)")
        }
    }
}

/// Why a plan could not be drawn.
public enum PlanDrawingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Graphviz is not installed.
    case programMissing(String)
    /// Graphviz was started and failed; the text says how.
    case failed(String)

    public var description: String {
        switch self {
        case .programMissing(let program):
            "\(program) was not found; install Graphviz (on Debian: apt-get install graphviz), "
                + "or take the Mermaid or DOT text instead"
        case .failed(let reason): "the plan could not be drawn: \(reason)"
        }
    }
}
