import JSONSchema
import LanguageModels
import Testing

@Suite("A prompt of an offline batch")
struct PromptRecordTests {
    private let record = PromptRecord(
        id: "q1",
        round: 2,
        request: ChatRequest(
            messages: [.system("Split."), .user("Say \"hi\"\nand ü"), .assistant("[]")],
            parameters: ChatParameters(
                temperature: 0.1,
                topP: 0.9,
                maximumTokens: 256,
                stopSequences: ["\nObservation:"]
            )
        )
    )

    @Test("is one line with the names chat interfaces use")
    func line() {
        #expect(
            record.line == """
                {"id":"q1","round":2,"messages":[{"role":"system","content":"Split."},\
                {"role":"user","content":"Say \\"hi\\"\\nand ü"},{"role":"assistant","content":"[]"}],\
                "parameters":{"temperature":0.1,"top_p":0.9,"max_tokens":256,"stop":["\\nObservation:"]}}
                """
        )
    }

    @Test("reads back what it wrote, with and without parameters")
    func roundTrip() throws {
        var plain = record
        plain.request.parameters = ChatParameters()
        #expect(try PromptRecord(line: record.line) == record)
        #expect(try PromptRecord(line: plain.line) == plain)
    }

    @Test("keeps tools, what the model may do with them, their calls, and the form of the reply")
    func tools() throws {
        let call = ChatToolCall(id: "c1", name: "git_status", arguments: #"{"path":"."}"#)
        var record = record
        record.request = ChatRequest(
            messages: [
                .user("What changed?"), .assistant("", toolCalls: [call]), .toolResult("nothing", of: "c1"),
            ],
            parameters: ChatParameters(seed: 7),
            tools: [
                ChatTool(name: "git_status", description: "Shows what changed.", parameters: ["type": "object"]),
                ChatTool(name: "git_log"),
            ],
            toolChoice: .tool("git_status"),
            responseFormat: .schema(ChatSchema(name: "answer", schema: ["type": "object"], isStrict: false))
        )
        #expect(try PromptRecord(line: record.line) == record)
        record.request.toolChoice = .required
        record.request.responseFormat = .json
        #expect(try PromptRecord(line: record.line) == record)
    }

    @Test(
        "says what is wrong with a line",
        arguments: [
            (#"{"id":"#, "invalid JSON at line 1, column 7: the text ends where a value should start"),
            ("[]", "the line is not an object but array"),
            (#"{"round":0}"#, "\"id\" is missing"),
            (#"{"id":7,"round":0}"#, "\"id\" is not a string but integer"),
            (#"{"id":"a"}"#, "\"round\" is missing"),
            (#"{"id":"a","round":-1}"#, "\"round\" is not a whole number from 0 up"),
            (#"{"id":"a","round":0.5}"#, "\"round\" is not a whole number from 0 up"),
            (#"{"id":"a","round":0,"messages":{}}"#, "\"messages\" is not an array but object"),
            (#"{"id":"a","round":0,"messages":["hi"]}"#, "a message is not an object but string"),
            (
                #"{"id":"a","round":0,"messages":[{"role":"robot","content":""}]}"#,
                "unknown role \"robot\"; there are: system, user, assistant, tool"
            ),
            (#"{"id":"a","round":0,"messages":[{"role":"user"}]}"#, "\"content\" is missing"),
            (#"{"id":"a","round":0,"parameters":3}"#, "\"parameters\" is not an object but integer"),
            (
                #"{"id":"a","round":0,"parameters":{"temperature":"hot"}}"#,
                "\"temperature\" is not a number but string"
            ),
            (#"{"id":"a","round":0,"parameters":{"stop":[1]}}"#, "\"stop\" holds something not a string"),
            (#"{"id":"a","round":0,"tools":[{"type":"function"}]}"#, "\"name\" is missing"),
            (
                #"{"id":"a","round":0,"tool_choice":"maybe"}"#,
                "\"tool_choice\" is none of auto, none, required or a function"
            ),
            (
                #"{"id":"a","round":0,"response_format":{"type":"xml"}}"#,
                "\"response_format\" is none of text, json_object or json_schema"
            ),
        ]
    )
    func malformed(line: String, message: String) {
        let error = #expect(throws: BatchRecordError.self) { try PromptRecord(line: line) }
        #expect(error?.description == message)
    }
}
