import Observability
import Testing

@Suite("Trace context over a border")
struct SpanContextTests {
    private static let good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    @Test("a traceparent is read and written again")
    func roundTrip() throws {
        let context = try #require(SpanContext(traceparent: Self.good, tracestate: "rojo=00f067aa0ba902b7,congo=t61 x"))
        #expect(context.isSampled && context.isRemote)
        #expect(context.traceparent == Self.good)
        #expect(context.state.description == "rojo=00f067aa0ba902b7,congo=t61 x")
    }

    @Test(
        "what is no traceparent is none",
        arguments: [
            nil, "", "00", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
            "00-4bf9-00f067aa0ba902b7-01" + String(repeating: "0", count: 40),
            "00-4bf92f3577b34da6a3ce929d0e0e473é-00f067aa0ba902b7-01",
            "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-" + String(repeating: "x", count: 600),
        ] as [String?]
    )
    func broken(text: String?) { #expect(SpanContext(traceparent: text) == nil) }

    @Test("a later version is read as far as this one goes")
    func later() throws {
        let text = "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-03-more"
        let context = try #require(SpanContext(traceparent: text))
        #expect(context.traceparent == Self.good)
    }

    @Test(
        "a tracestate that is broken is dropped whole",
        arguments: ["x", "=1", "a=1,a=2", "A=1", "a=b=c", "a=é", "a= ", String(repeating: "a=1,", count: 9_000)]
            + [(0..<33).map { "k\($0)=1" }.joined(separator: ",")]
    )
    func brokenState(text: String) throws {
        let context = try #require(SpanContext(traceparent: Self.good, tracestate: text))
        #expect(context.state.isEmpty)
    }
}
