import FoundationEssentials
import JSONSchema
import Subprocesses
import TestSupport
import Testing

/// The built `skillweaver` program, run as a user runs it, with a home of its own.
struct SkillWeaverCommand {
    /// The program beside the tests that are running.
    static let executable: String? = {
        let folder = URL(filePath: CommandLine.arguments.first ?? "").deletingLastPathComponent()
        let beside = folder.appending(path: "skillweaver").path()
        if FileManager.default.isExecutableFile(atPath: beside) { return beside }
        let built = PackageRoot.path(".build/debug/skillweaver")
        return FileManager.default.isExecutableFile(atPath: built) ? built : nil
    }()

    static let absence: Comment = "needs the built program and the encoder; run 'make test'"
    static let isUsable = executable != nil && Installed.encoder != nil && Installed.runtime != nil

    let home: String
    var environment: [String: String] = [:]
    /// The folder it is run in; nil for that of the tests.
    var workingDirectory: String?

    /// Runs the program to its end.
    func callAsFunction(_ arguments: String..., input: String = "") async throws -> Outcome {
        try await run(arguments, input: input)
    }

    /// Runs the program to its end.
    func run(_ arguments: [String], input: String = "") async throws -> Outcome {
        let executable = try #require(Self.executable)
        let command = Subprocess(
            executable: executable,
            arguments: arguments,
            environment: .inheritedAdding(["XDG_DATA_HOME": home].merging(environment) { $1 }),
            workingDirectory: workingDirectory
        )
        let limits = SubprocessLimits(deadline: .seconds(60 * Sanitizer.patience))
        let result = try await command.run(input: Array(input.utf8), limits: limits)
        guard case .exited(let code) = result.status else {
            Issue.record("\(arguments) ended by \(result.status): \(result.errorText)")
            return Outcome(code: -1, output: result.outputText, errors: result.errorText)
        }
        return Outcome(code: Int(code), output: result.outputText, errors: result.errorText)
    }

    struct Outcome {
        var code: Int
        var output: String
        var errors: String

        var json: JSONValue { get throws { try JSONParser.parse(output) } }
        var error: JSONValue? { (try? JSONParser.parse(errors))?["error"] }
        var lines: [JSONValue] {
            get throws { try output.split(separator: "\n").map { try JSONParser.parse(String($0)) } }
        }
    }
}

/// Runs a body with the program and an empty home.
func withSkillWeaver(_ body: (SkillWeaverCommand, _ folder: String) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
        try await body(SkillWeaverCommand(home: "\(folder)/home"), folder)
    }
}
