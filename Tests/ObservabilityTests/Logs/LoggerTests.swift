import JSONSchema
import Observability
import TestSupport
import Testing

@Suite("Log lines")
struct LoggerTests {
    private let lines = LockedList<String>()
    private static let clock = TelemetryClock(wall: { 1_795_311_193_123_456_789 }, monotonic: { 0 })

    private func logger(_ format: LogFormat, level: LogLevel = .info, secrets: SecretRegistry = SecretRegistry())
        -> Logger
    {
        Logger(level: level, format: format, clock: Self.clock, secrets: secrets) { [lines] in lines.append($0) }
    }

    @Test("a line of JSON holds time, level, message and fields")
    func json() throws {
        logger(.json).log(
            .warning,
            "odd \"thing\"\nhere \u{7} \u{202E}x",
            ["n": 3, "list": ["a", "b"], "time": "mine"]
        )
        let line = try #require(lines.all.first)
        #expect(!line.contains("\n"))
        let value = try JSONParser.parse(line)
        #expect(value["time"] == "2026-11-22T01:33:13.123Z")
        #expect(value["level"] == "warning")
        #expect(value["message"] == "odd \"thing\"\nhere \u{7} \\u{202e}x")
        #expect(value["n"] == 3 && value["list"] == ["a", "b"] && value["field.time"] == "mine")
    }

    @Test("a line of text is one line, whatever is in it")
    func text() {
        logger(.text).log(.error, "first\nsecond\u{1B}[31m", ["path": "/a b", "ok": true, "q": "a=\"b\""])
        #expect(
            lines.all == [
                #"2026-11-22T01:33:13.123Z ERROR first\nsecond\u{1b}[31m ok=true path="/a b" q="a=\"b\"""#
            ]
        )
    }

    @Test("lines below the level are not even made")
    func level() {
        var made = 0
        func text() -> String {
            made += 1
            return "x"
        }
        let logger = logger(.text, level: .warning)
        logger.log(.info, text(), ["a": .string(text())])
        logger.log(.error, text())
        #expect(made == 1 && lines.all.count == 1)
    }

    @Test("the trace is named, and secrets are not", arguments: LogFormat.allCases)
    func trace(format: LogFormat) async throws {
        let secrets = SecretRegistry()
        secrets.add(["planted-secret"])
        let logger = logger(format, secrets: secrets)
        let recording = TelemetryRecording()
        let context = await Telemetry.$current.withValue(recording.telemetry) {
            await withSpan("x") { span in
                logger.log(.info, "with planted-secret", ["to": "https://a:b@c.org/?token=abc", "api_key": "hunter2"])
                return span.context
            }
        }
        let line = try #require(lines.all.first)
        #expect(line.contains(try #require(context).traceID.description))
        for secret in ["planted-secret", "a:b", "abc", "hunter2"] { #expect(!line.contains(secret)) }
    }

    @Test("a line is never longer than it may be", arguments: LogFormat.allCases)
    func length(format: LogFormat) throws {
        var fields: Attributes = [:]
        for index in 0..<400 {
            fields[AttributeKey("field\(index)")] = .string(String(repeating: "\u{1}é", count: 3_000))
        }
        logger(format).log(.info, String(repeating: "m\n", count: 100_000), fields)
        let line = try #require(lines.all.first)
        #expect(line.utf8.count <= 20 << 10)
        if format == .json { #expect(try JSONParser.parse(line)["truncated"] == true) }
    }
}
