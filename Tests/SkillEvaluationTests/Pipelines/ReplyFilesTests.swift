import LanguageModels
import TestSupport
import Testing

@testable import SkillEvaluation

@Suite("Files of replies")
struct ReplyFilesTests {
    @Test("are put together, and name the model where all agree")
    func reading() async throws {
        try await withTemporaryFolder { folder in
            try write(#"{"id":"a","round":0,"text":"x","model":"m"}"# + "\n\n", to: "\(folder)/0.jsonl")
            try write(#"{"id":"a","round":1,"text":"y","model":"m"}"#, to: "\(folder)/1.jsonl")
            let replies = try ReplyFiles(["\(folder)/0.jsonl", "\(folder)/1.jsonl"], known: ["a"])
            #expect(replies.batch.count == 2)
            #expect(replies.batch.reply(to: "a", round: 1)?.text == "y")
            #expect(replies.model == "m")
            #expect(replies.warnings.isEmpty)
        }
    }

    @Test("report replies that nobody asked for and second replies, and leave them out")
    func leftOut() async throws {
        try await withTemporaryFolder { folder in
            let file = "\(folder)/replies.jsonl"
            let lines = ["a", "b", "a"].map { #"{"id":"\#($0)","round":0,"text":"x"}"# }
            try write(lines.joined(separator: "\n"), to: file)
            let replies = try ReplyFiles([file], known: ["a"])
            #expect(replies.batch.count == 1)
            #expect(replies.model == nil)
            #expect(
                replies.warnings.map { $0.split(separator: ": ").first.map(String.init) } == ["\(file):2", "\(file):3"]
            )
        }
    }

    @Test(
        "name the file and the line of a malformed reply",
        arguments: ["nonsense", "{}", #"{"id":"a","round":-1,"text":""}"#]
    )
    func malformed(line: String) async throws {
        try await withTemporaryFolder { folder in
            let file = "\(folder)/replies.jsonl"
            try write(#"{"id":"a","round":0,"text":"x"}"# + "\n" + line + "\n", to: file)
            let fault = #expect(throws: DataFault.self) { _ = try ReplyFiles([file], known: ["a"]) }
            #expect(fault?.file == file)
            #expect(fault?.line == 2)
        }
    }
}
