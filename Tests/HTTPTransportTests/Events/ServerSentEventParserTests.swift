import HTTPTransport
import TestSupport
import Testing

@Suite("The parser of server-sent events")
struct ServerSentEventParserTests {
    private static let cases: [(text: String, events: [ServerSentEvent])] = [
        ("data: a\n\n", [ServerSentEvent(data: "a")]),
        ("data:a\n\ndata:  b\n\n", [ServerSentEvent(data: "a"), ServerSentEvent(data: " b")]),
        ("data: a\r\n\r\ndata: b\r\rdata: c\n\n", ["a", "b", "c"].map { ServerSentEvent(data: $0) }),
        ("\u{FEFF}data: a\ndata\ndata: b\n\n", [ServerSentEvent(data: "a\n\nb")]),
        (": keep-alive\n\n:\n\nevent: ping\n\ndata: a\n\n", [ServerSentEvent(data: "a")]),
        (
            "event: delta\nid: 7\ndata: {}\nretry: 1500\nunknown: x\nnofield\n\ndata: 2\n\n",
            [ServerSentEvent(name: "delta", data: "{}", id: "7"), ServerSentEvent(data: "2", id: "7")]
        ),
        ("data: a\n\ndata: last", [ServerSentEvent(data: "a"), ServerSentEvent(data: "last")]),
        ("data: last\n", [ServerSentEvent(data: "last")]),
        ("data: 汉字 🧶 é\n\n", [ServerSentEvent(data: "汉字 🧶 é")]),
        ("data:\n\n", [ServerSentEvent(data: "")]),
        ("", []),
        ("\n\n\n", []),
    ]

    @Test("reads the same events however the bytes are cut", arguments: cases.indices)
    func cuts(index: Int) throws {
        let (text, events) = Self.cases[index]
        let bytes = Array(text.utf8)
        var random = SeededGenerator(seed: UInt64(index))
        for size in [1, 2, 3, 1000] + (0..<20).map({ _ in Int.random(in: 1...7, using: &random) }) {
            var parser = ServerSentEventParser()
            var found: [ServerSentEvent] = []
            var position = 0
            while position < bytes.count {
                let end = min(position + size, bytes.count)
                found += try parser.receive(Array(bytes[position..<end]))
                position = end
            }
            found += parser.finish()
            #expect(found == events, "cut into \(size)")
        }
    }

    @Test("replaces bytes that are not UTF-8, and goes on")
    func invalidText() throws {
        var parser = ServerSentEventParser()
        let events = try parser.receive(Array("data: a".utf8) + [0xFF, 0xE6] + Array("\n\ndata: b\n\n".utf8))
        #expect(events.map(\.data) == ["a\u{FFFD}\u{FFFD}", "b"])
    }

    @Test("remembers how long the server asks to wait")
    func reconnection() throws {
        var parser = ServerSentEventParser()
        _ = try parser.receive(Array("retry: 1500\nretry: soon\n\n".utf8))
        #expect(parser.reconnectionTime == .milliseconds(1500))
    }

    @Test("refuses an event, and a line, without end", arguments: ["data: ", "data: x\n"])
    func limit(text: String) {
        var parser = ServerSentEventParser(limit: 1000)
        let bytes = Array(String(repeating: text, count: 1000).utf8)
        #expect(throws: ServerSentEventParser.EventTooLarge(limit: 1000)) { try parser.receive(bytes) }
    }
}
