import JSONSchema
import TestSupport
import Testing

/// Whatever a model or its server does wrong.
@Suite(
    "A model that is of no use",
    .enabled(if: SkillWeaverCommand.isUsable && ScriptedServer.isAvailable, SkillWeaverCommand.absence)
)
struct BadModelTests {
    private static let request = "Download the dataset, transform it, and create a visual report"

    struct Fault: Sendable, CustomTestStringConvertible {
        var name: String
        var response: ScriptedResponse
        /// Appears in the reason.
        var says: String
        /// Most calls that reach the server.
        var calls: Int
        var options: [String] = []
        var testDescription: String { name }
    }

    private static let slow = String(repeating: "x", count: 200_000)

    static let faults: [Fault] = [
        Fault(name: "nothing", response: ModelServer.reply(""), says: "it is empty", calls: 2),
        Fault(
            name: "prose",
            response: ModelServer.reply("Sure! First I would look for the data, and then one could think of a chart."),
            says: "no JSON list of steps",
            calls: 2
        ),
        Fault(
            name: "half a JSON array",
            response: ModelServer.reply(#"{"steps":[{"text":"Download the dataset","quote":"Down"#, finish: "length"),
            says: "breaks off",
            calls: 2
        ),
        Fault(
            name: "500 steps",
            response: ModelServer.reply(
                "[" + (1...500).map { "\"Download dataset \($0)\"" }.joined(separator: ",") + "]"
            ),
            says: "500 steps",
            calls: 2
        ),
        Fault(
            name: "another language",
            response: ModelServer.reply(#"["下载数据集", "转换数据", "创建可视化报告"]"#),
            says: "not in the language of the request",
            calls: 2
        ),
        Fault(
            name: "a refusal",
            response: ModelServer.reply("I'm sorry, but I can't help with that."),
            says: "declines",
            calls: 1
        ),
        Fault(
            name: "an HTTP error page",
            response: .whole(
                "<html><head><title>502 Bad Gateway</title></head></html>",
                status: "502 Bad Gateway",
                type: "text/html",
                headers: [("Retry-After", "0")]
            ),
            says: "a web page: 502 bad gateway",
            calls: 3
        ),
        Fault(
            name: "an error page as a success",
            response: .whole("<html><title>Welcome</title></html>", type: "text/html"),
            says: "a web page: welcome",
            calls: 1
        ),
        Fault(
            name: "one byte a second",
            response: [
                .text(ScriptedResponse.head("200 OK", [("Content-Length", "\(slow.utf8.count)")])),
                .trickle(slow, pause: 1),
            ],
            says: "did not answer in time",
            calls: 1,
            options: ["--llm-timeout", "2"]
        ),
        Fault(
            name: "a wrong key",
            response: ModelServer.refusal(
                "401 Unauthorized",
                code: "invalid_api_key",
                "Incorrect API key provided: \(ModelServer.key)."
            ),
            says: "refuses the key",
            calls: 1
        ),
        Fault(
            name: "an endpoint that hangs",
            response: [.hang],
            says: "did not answer in time",
            calls: 1,
            options: ["--llm-timeout", "1"]
        ),
        Fault(
            name: "a prompt larger than the context",
            response: ModelServer.refusal(
                "400 Bad Request",
                code: "context_length_exceeded",
                "This model's maximum context length is 512 tokens."
            ),
            says: "cannot take a prompt of this length",
            // Once more without hints.
            calls: 2
        ),
        Fault(
            name: "a prompt larger than the context that was told",
            response: ModelServer.reply("[]"),
            says: "longer than the 50 tokens",
            calls: 0,
            options: ["--context-tokens", "50"]
        ),
        Fault(
            name: "used up",
            response: ModelServer.refusal("429 Too Many Requests", code: "insufficient_quota", "You have no credit."),
            says: "You have no credit",
            calls: 1
        ),
    ]

    @Test(
        "leaves the local plan, with the reason, after few calls; or is an error where only it was asked for",
        arguments: faults
    )
    func fallsBack(fault: Fault) async throws {
        try await withSkillWeaver(asking: [fault.response]) { skillweaver, server in
            let arguments = ["decompose", Self.request, "--json"]
            let asking = arguments + ["--decomposer", "sad+"] + fault.options
            let outcome = try await skillweaver.run(asking)
            #expect(outcome.code == 0, "\(outcome.errors)")
            let answer = try outcome.json
            let sources = answer["steps"]?.arrayValue?.map { $0["source"]?.stringValue }
            #expect(sources == ["Download the dataset", "transform it", "create a visual report"])
            let reason = try #require(answer["decomposition"]?["fallback"]?.stringValue)
            #expect(reason.contains(fault.says), "\(reason)")
            let remarks = answer["diagnostics"]?.arrayValue?.compactMap(\.stringValue) ?? []
            #expect(remarks.contains { $0.contains(fault.says) && $0.contains("local plan") }, "\(remarks)")
            let calls = try server.requests().count
            #expect(calls <= fault.calls)

            let strict = try await skillweaver.run(asking + ["--fallback", "none"])
            #expect(strict.code == 1)
            #expect(strict.output.isEmpty)
            #expect(strict.error?["code"] == "language-model-failed")
            #expect(strict.error?["message"]?.stringValue?.contains(fault.says) == true, "\(strict.errors)")
            #expect(try server.requests().count <= 2 * fault.calls)
            for shown in [outcome.output, outcome.errors, strict.errors] { #expect(!shown.contains(ModelServer.key)) }
        }
    }

    @Test("is asked no more once it has failed often enough, however many requests follow")
    func breaker() async throws {
        let broken = ScriptedResponse.whole("{}", status: "500 Internal Server Error", headers: [("Retry-After", "0")])
        try await withSkillWeaver(asking: [broken]) { skillweaver, server in
            let input = (1...12).map { #"{"id":\#($0),"query":"read a file and draw a chart"}"# }
                .joined(separator: "\n")
            let outcome = try await skillweaver(
                "decompose",
                "--batch",
                "-",
                "--decomposer",
                "vanilla",
                "--json",
                input: input
            )
            #expect(outcome.code == 0, "\(outcome.errors)")
            let answers = try outcome.lines
            #expect(answers.count == 12)
            #expect(answers.allSatisfy { $0["steps"]?.arrayValue?.count == 2 })
            let last = answers.last?["decomposition"]?["fallback"]?.stringValue
            #expect(last?.contains("left alone for a while") == true)
            #expect(try server.requests().count == 5)
        }
    }

    @Test("--fallback none fails line by line in a batch, which goes on")
    func batch() async throws {
        let responses = [ModelServer.reply("no list"), ModelServer.reply(#"["Read the file", "Draw a chart"]"#)]
        try await withSkillWeaver(asking: responses) { skillweaver, _ in
            let input = (1...2).map { #"{"id":\#($0),"query":"read a file and draw a chart"}"# }.joined(separator: "\n")
            let outcome = try await skillweaver(
                "decompose",
                "--batch",
                "-",
                "--decomposer",
                "vanilla",
                "--fallback",
                "none",
                "--json",
                input: input
            )
            #expect(outcome.code == 1)
            let answers = try outcome.lines
            #expect(answers.map { $0["error"]?["code"] } == ["language-model-failed", nil])
            #expect(answers[1]["steps"]?.arrayValue?.count == 2)
        }
    }

    @Test("leaves the candidates as they were found when it was to order them")
    func rerank() async throws {
        try await withSkillWeaver(asking: [ModelServer.reply("the second, I think")]) { skillweaver, server in
            let found = try await skillweaver("route", Self.request, "--json").json
            let outcome = try await skillweaver("route", Self.request, "--rerank", "llm", "--json")
            #expect(outcome.code == 0, "\(outcome.errors)")
            #expect(try outcome.json["steps"] == found["steps"])
            let remarks = try outcome.json["diagnostics"]?.arrayValue?.compactMap(\.stringValue) ?? []
            #expect(remarks.contains { $0.contains("did not order all candidates") })
            #expect(try server.requests().count == 1)
        }
    }
}
