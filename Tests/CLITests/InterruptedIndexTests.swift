import JSONSchema
import Subprocesses
import TestSupport
import Testing

@Suite(
    "skillweaver index, stopped in the middle",
    .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence)
)
struct InterruptedIndexTests {
    @Test("by Ctrl-C or SIGTERM exits with 130 and leaves the library as it was", arguments: ["INT", "TERM"])
    func interrupted(signal: String) async throws {
        try await withSkillWeaver { skillweaver, folder in
            try write(#"{"id":"mail","name":"mail","description":"Send e-mail to people"}"#, to: "\(folder)/good.jsonl")
            _ = try await skillweaver("index", "\(folder)/good.jsonl", "--library", "mine")
            // Far more texts than any machine embeds before the signal comes.
            let many = (0..<60_000).map {
                #"{"id":"s\#($0)","name":"s\#($0)","description":"Does the thing number \#($0)"}"#
            }
            try write(many.joined(separator: "\n"), to: "\(folder)/many.jsonl")
            let executable = try #require(SkillWeaverCommand.executable)
            var result = try await Self.run(executable, "\(folder)/many.jsonl", skillweaver.home, signal, after: 2)
            // On a busy machine the signal can come before the program listens; then it ends without a word.
            for seconds in [8, 30] where result.errorText.isEmpty {
                result = try await Self.run(
                    executable,
                    "\(folder)/many.jsonl",
                    skillweaver.home,
                    signal,
                    after: seconds
                )
            }
            #expect(result.status == .exited(130))
            #expect(try JSONParser.parse(result.errorText)["error"]?["code"] == "interrupted")

            let found = try await skillweaver("skills", "list", "--library", "mine", "--json").json
            #expect(found["skills"]?.arrayValue?.compactMap { $0["id"]?.stringValue } == ["mail"])
            let search = try await skillweaver("search", "send a message", "--library", "mine", "--json").json
            #expect(search["results"]?.arrayValue?.first?["skill"] == "mail")
        }
    }

    private static func run(
        _ executable: String,
        _ source: String,
        _ home: String,
        _ signal: String,
        after seconds: Int
    ) async throws -> SubprocessResult {
        let words = ["--preserve-status", "--signal", signal, "\(seconds)", executable]
        return try await Subprocess(
            executable: "timeout",
            arguments: words + ["index", source, "--library", "mine", "--json"],
            environment: .inheritedAdding(["XDG_DATA_HOME": home])
        ).run()
    }
}
