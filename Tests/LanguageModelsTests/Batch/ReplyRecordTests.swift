import LanguageModels
import Testing

@Suite("A reply of an offline batch")
struct ReplyRecordTests {
    private let request = ChatRequest(messages: [.user("Split this.")])

    @Test(
        "reads back what it wrote",
        arguments: [
            ReplyRecord(id: "q1", round: 0, text: "[\"a\"]\n"),
            ReplyRecord(
                id: "q1",
                round: 1,
                text: "",
                finishReason: .length,
                model: "qwen",
                usage: TokenUsage(prompt: 120, completion: 7, source: .measured)
            ),
            ReplyRecord(id: "q2", round: 0, text: "x", finishReason: .other("eos")),
        ]
    )
    func roundTrip(record: ReplyRecord) throws {
        #expect(!record.line.contains("\n"))
        #expect(try ReplyRecord(line: record.line) == record)
    }

    @Test("needs an id, a round and a text, and leaves out what it does not know")
    func minimal() throws {
        let record = try ReplyRecord(line: #"{"id":"q","round":0,"text":"t","usage":null,"latency":3}"#)
        #expect(record == ReplyRecord(id: "q", round: 0, text: "t"))
    }

    @Test("keeps apart what the model reported and what is counted here")
    func usage() throws {
        let counter = LengthEstimate()
        let silent = ReplyRecord(id: "q", round: 0, text: "12345678")
        #expect(silent.reply(to: request, counter: counter).usage.source == .estimated)
        #expect(silent.reply(to: request, counter: counter).usage.completion == 2)

        let reported = TokenUsage(prompt: 9, completion: 3, source: .measured)
        let talkative = ReplyRecord(id: "q", round: 0, text: "12345678", usage: reported)
        #expect(talkative.reply(to: request, counter: counter).usage == reported)

        let counted = ReplyRecord(
            id: "q",
            round: 0,
            text: "x",
            usage: TokenUsage(prompt: 9, completion: 3, source: .counted)
        )
        #expect(try ReplyRecord(line: counted.line).usage == nil)
    }

    @Test(
        "says what is wrong with a line",
        arguments: [
            (#"{"id":"a","round":0}"#, "\"text\" is missing"),
            (#"{"id":"a","round":0,"text":[]}"#, "\"text\" is not a string but array"),
            (#"{"id":"a","round":0,"text":"","usage":{"prompt_tokens":1}}"#, "\"completion_tokens\" is missing"),
            (#"{"id":"a","round":0,"text":"","usage":5}"#, "\"usage\" is not an object but integer"),
            (
                #"{"id":"a","round":0,"text":"\#(String(repeating: "x", count: 1_048_577))"}"#,
                "\"text\" has 1048577 bytes, the limit is 1048576"
            ),
        ]
    )
    func malformed(line: String, message: String) {
        let error = #expect(throws: BatchRecordError.self) { try ReplyRecord(line: line) }
        #expect(error?.description == message)
    }

    @Test("is found by conversation and round, and the first of two stays")
    func batch() {
        var batch = ReplyBatch()
        let added = [("first", 0), ("second", 1), ("again", 0)].map { text, round in
            batch.add(ReplyRecord(id: "a", round: round, text: text))
        }
        #expect(added == [true, true, false])
        #expect(batch.count == 2)
        #expect(batch.reply(to: "a", round: 0)?.text == "first")
        #expect(batch.reply(to: "a", round: 1)?.text == "second")
        #expect(batch.reply(to: "a", round: 2) == nil)
        #expect(batch.reply(to: "b", round: 0) == nil)
    }
}
