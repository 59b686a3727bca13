import FoundationEssentials
import JSONSchema
import TestSupport
import Testing

@Suite(
    "Recorded calls",
    .enabled(if: SkillWeaverCommand.isUsable && ScriptedServer.isAvailable, SkillWeaverCommand.absence)
)
struct RecordReplayTests {
    private static let request = "Download the dataset, transform it, and create a visual report"
    private static let list = #"["Download the dataset", "Transform the dataset", "Draw a chart"]"#

    @Test("are replayed without a server, a key or an address: the same plan")
    func offline() async throws {
        let rules = [ScriptedRule(["ranking"], ModelServer.reply(#"{"ranking": [[2, 1], [1], [2]]}"#))]
        try await withSkillWeaver(asking: [ModelServer.reply(Self.list)], answeringBy: rules) { skillweaver, server in
            try await withTemporaryFolder { folder in
                let calls = "\(folder)/calls"
                let arguments = ["route", Self.request, "--decomposer", "sad", "--rerank", "llm", "--json"]
                let recorded = try await skillweaver.run(arguments + ["--record", calls])
                #expect(recorded.code == 0, "\(recorded.errors)")
                let files = try FileManager.default.contentsOfDirectory(atPath: calls)
                #expect(files.count == 3)
                for file in files {
                    let kept = try String(contentsOf: URL(filePath: "\(calls)/\(file)"), encoding: .utf8)
                    #expect(!kept.contains(ModelServer.key))
                }

                var offline = skillweaver
                offline.environment = [:]
                let replayed = try await offline.run(arguments + ["--replay", calls, "--model", "qwen"])
                #expect(replayed.code == 0, "\(replayed.errors)")
                for member in ["steps", "groups", "tokens", "diagnostics"] {
                    #expect(try replayed.json[member] == recorded.json[member], "\(member)")
                }
                #expect(try server.requests().count == 3)
            }
        }
    }

    @Test("that are missing are an error which names the request, and no local plan")
    func missing() async throws {
        try await withTemporaryFolder { folder in
            let skillweaver = SkillWeaverCommand(home: try await IndexedHome.path())
            for decomposer in ["vanilla", "sad", "sad+", "react", "llm-direct"] {
                let outcome = try await skillweaver(
                    "decompose",
                    "Fetch the page",
                    "--decomposer",
                    decomposer,
                    "--model",
                    "qwen",
                    "--replay",
                    "\(folder)/none",
                    "--json"
                )
                #expect(outcome.code == 1)
                #expect(outcome.output.isEmpty)
                #expect(outcome.error?["code"] == "language-model-recording-unusable")
                let message = outcome.error?["message"]?.stringValue ?? ""
                #expect(message.contains("Fetch the page") || message.contains("messages, the last by user"))
            }
        }
    }

    @Test("of another temperature, wording or number of hints are other calls")
    func parameters() async throws {
        try await withSkillWeaver(asking: [ModelServer.reply(Self.list)]) { skillweaver, _ in
            try await withTemporaryFolder { folder in
                let calls = "\(folder)/calls"
                let arguments = ["decompose", Self.request, "--decomposer", "sad", "--json"]
                _ = try await skillweaver.run(arguments + ["--record", calls])
                for options in [
                    ["--temperature", "0.2"], ["--wording", "code"], ["--hints", "3"], ["--model", "other"],
                ] {
                    let outcome = try await skillweaver.run(arguments + ["--replay", calls] + options)
                    #expect(outcome.code == 1, "\(options)")
                    #expect(outcome.error?["code"] == "language-model-recording-unusable")
                }
            }
        }
    }

    @Test("that cannot be kept are an error, not a plan whose calls are lost")
    func unwritable() async throws {
        try await withSkillWeaver(asking: [ModelServer.reply(Self.list)]) { skillweaver, _ in
            try await withTemporaryFolder { folder in
                try write("a file", to: "\(folder)/taken")
                let outcome = try await skillweaver(
                    "decompose",
                    Self.request,
                    "--decomposer",
                    "vanilla",
                    "--record",
                    "\(folder)/taken",
                    "--json"
                )
                #expect(outcome.code == 1)
                #expect(outcome.error?["code"] == "language-model-recording-unusable")
            }
        }
    }
}
