import FoundationEssentials
import HTTPTransport
import JSONSchema
import TestSupport
import Testing

@testable import LanguageModels

@Suite("Recorded calls")
struct ChatRecordingTests {
    private static let request = ChatRequest(
        messages: [.system("Split."), .user("Fetch ü\nand plot")],
        parameters: ChatParameters(temperature: 0.1, maximumTokens: 256),
        tools: [ChatTool(name: "plot", parameters: ["type": "object", "properties": ["b": 1, "a": 2]])],
        responseFormat: .json
    )

    private static let reply = ChatReply(
        text: "[\"a\"]",
        usage: TokenUsage(prompt: 5, completion: 2, source: .measured),
        finishReason: .other("abort"),
        toolCalls: [ChatToolCall(id: "c", name: "plot", arguments: "{")],
        reasoning: "hm"
    )

    private struct Fixed: ChatModel {
        let name = "qwen"
        func reply(to request: ChatRequest) async throws -> ChatReply { ChatRecordingTests.reply }
    }

    private func files(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    @Test("are given again to the last detail")
    func roundTrip() async throws {
        try await withTemporaryFolder { folder async throws in
            let recorder = RecordingChatModel(Fixed(), folder: folder + "/new/folder")
            _ = try await recorder.reply(to: Self.request)
            _ = try await recorder.reply(to: Self.request)
            #expect(try files(in: folder + "/new/folder").count == 1)
            let replayed = try await ReplayingChatModel(name: "qwen", folder: folder + "/new/folder").reply(
                to: Self.request
            )
            #expect(replayed == Self.reply)
        }
    }

    @Test("are kept from streams too, once they are complete")
    func streams() async throws {
        try await withTemporaryFolder { folder async throws in
            let recorder = RecordingChatModel(Fixed(), folder: folder)
            for try await _ in try await recorder.stream(Self.request) { break }
            #expect(try files(in: folder).isEmpty)
            _ = try await pieces(of: recorder.stream(Self.request))
            #expect(try files(in: folder).count == 1)
        }
    }

    @Test("have names that depend on what was asked, and on nothing else")
    func names() {
        let name = ChatRecording.fileName(model: "qwen", Self.request)
        #expect(name.count == 69)
        var reordered = Self.request
        reordered.tools[0].parameters = ["properties": ["a": 2, "b": 1], "type": "object"]
        #expect(ChatRecording.fileName(model: "qwen", reordered) == name)
        var others = Array(repeating: Self.request, count: 6)
        others[0].messages[1].content += "."
        others[1].parameters.temperature = 0.2
        others[2].tools[0].description = "x"
        others[3].responseFormat = .text
        others[4].toolChoice = .required
        others[5].parameters.seed = 1
        let names = Set(others.map { ChatRecording.fileName(model: "qwen", $0) })
        #expect(names.count == 6 && !names.contains(name))
        #expect(ChatRecording.fileName(model: "other", Self.request) != name)
    }

    @Test("that are missing are an error which names the request")
    func missing() async throws {
        try await withTemporaryFolder { folder async throws in
            let model = ReplayingChatModel(name: "qwen", folder: folder)
            let error = try await chatFailure { try await model.reply(to: Self.request) }
            #expect(error.kind == .recordingUnusable)
            #expect(error.detail.contains("2 messages, the last by user: \"Fetch ü and plot\""))
            #expect(error.detail.contains(ChatRecording.fileName(model: "qwen", Self.request)))
            #expect(error.detail.contains("--record"))
        }
    }

    @Test(
        "that are damaged are an error which names the file",
        arguments: ["", "{", "[]", "{\"version\":2}", "{\"version\":1,\"model\":\"qwen\"}", "\u{0}", "other"]
    )
    func damaged(content: String) async throws {
        try await withTemporaryFolder { folder async throws in
            let file = "\(folder)/\(ChatRecording.fileName(model: "qwen", Self.request))"
            var other = ChatRecording(model: "qwen", request: Self.request, reply: Self.reply)
            other.request.messages[1].content = "something else"
            try write(content == "other" ? other.text : content, to: file)
            let model = ReplayingChatModel(name: "qwen", folder: folder)
            let error = try await chatFailure { try await model.reply(to: Self.request) }
            #expect(error.kind == .recordingUnusable)
            #expect(error.detail.contains(file))
        }
    }

    @Test("are not made of failures")
    func failures() async throws {
        try await withTemporaryFolder { folder async throws in
            let recorder = RecordingChatModel(ScriptedChatModel(name: "qwen", replies: []), folder: folder)
            _ = try await chatFailure { try await recorder.reply(to: Self.request) }
            #expect(try files(in: folder).isEmpty)
        }
    }

    @Test("hold no key", .enabled(if: ScriptedServer.isAvailable, ScriptedServer.absence))
    func secrets() async throws {
        try await withTemporaryFolder { folder async throws in
            try await withScriptedServer([ScriptedServer.chat: [.whole(completion(["content": "Hello"]))]]) {
                server async throws in
                _ = try await RecordingChatModel(server.openAI(), folder: folder).reply(to: question)
            }
            let name = try #require(try files(in: folder).first)
            let kept = try text(of: "\(folder)/\(name)")
            #expect(kept.contains("Hello"))
            #expect(!kept.contains("sk-test-123"))
        }
    }

    @Test("that cannot be written are an error which says so")
    func unwritable() async throws {
        try await withTemporaryFolder { folder async throws in
            try write("a file", to: folder + "/taken")
            let recorder = RecordingChatModel(Fixed(), folder: folder + "/taken")
            let error = try await chatFailure { try await recorder.reply(to: Self.request) }
            #expect(error.kind == .recordingUnusable)
            #expect(error.detail.contains(folder + "/taken"))
        }
    }
}
