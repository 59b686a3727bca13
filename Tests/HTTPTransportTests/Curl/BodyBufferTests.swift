import Testing

@testable import HTTPTransport

@Suite("The buffer of a body")
struct BodyBufferTests {
    /// What `take` says, in words.
    private func take(_ buffer: inout BodyBuffer) -> String {
        switch buffer.take() {
        case .piece(let bytes, let resumes): "\(bytes)" + (resumes ? " resume" : "")
        case .wait: "wait"
        case .ended: "ended"
        case .failed(let error): "failed \(error)"
        }
    }

    private func expect(_ buffer: inout BodyBuffer, says text: String, at location: SourceLocation = #_sourceLocation) {
        let said = take(&buffer)
        #expect(said.hasPrefix(text), sourceLocation: location)
    }

    private func expect(
        _ buffer: inout BodyBuffer,
        _ piece: [UInt8],
        isTaken: Bool,
        at location: SourceLocation = #_sourceLocation
    ) {
        let taken = buffer.receive(piece)
        #expect(taken == isTaken, sourceLocation: location)
    }

    @Test("makes the sender wait when it is full, and lets it go on when half is read")
    func pausing() {
        var buffer = BodyBuffer(capacity: 4)
        expect(&buffer, [1, 2, 3], isTaken: true)
        expect(&buffer, [4, 5], isTaken: true)
        expect(&buffer, [6], isTaken: false)
        #expect(buffer.isPaused)
        expect(&buffer, says: "[1, 2, 3] resume")
        expect(&buffer, [6], isTaken: true)
        expect(&buffer, says: "[4, 5]")
        expect(&buffer, says: "[6]")
        expect(&buffer, says: "wait")
        #expect(buffer.waitingBytes == 0)
    }

    @Test("hands out what arrived before it says how the transfer ended")
    func ends() {
        var buffer = BodyBuffer(capacity: 4)
        _ = buffer.receive([1])
        buffer.end(.failure(HTTPError(.connectionLost, detail: "cut")))
        buffer.end(.success(()))
        expect(&buffer, says: "[1]")
        expect(&buffer, says: "failed the connection broke")
        expect(&buffer, says: "failed")
        var complete = BodyBuffer(capacity: 4)
        complete.end(.success(()))
        expect(&complete, says: "ended")
    }

    @Test("drops what waits, and all that comes, when the reader gives up")
    func abandoned() {
        var buffer = BodyBuffer(capacity: 1)
        _ = buffer.receive([1])
        buffer.abandon(CancellationError())
        expect(&buffer, [2], isTaken: true)
        expect(&buffer, [3], isTaken: true)
        #expect(buffer.waitingBytes == 0)
        expect(&buffer, says: "failed CancellationError")
    }
}

@Suite("The parser of an answer's head")
struct HeadParserTests {
    private func parse(_ lines: [String], limit: Int = 10_000) -> (HeadParser.Progress, HeadParser) {
        var parser = HeadParser(limit: limit)
        var progress = HeadParser.Progress.more
        for line in lines where progress == .more {
            progress = Array("\(line)\r\n".utf8).withUnsafeBytes { parser.receive($0) }
        }
        return (progress, parser)
    }

    @Test("reads status and fields, joins folded lines, and skips interim answers")
    func head() {
        let (progress, _) = parse([
            "HTTP/1.1 103 Early Hints", "Link: x", "", "HTTP/1.1 200 OK", "A:1", "B:  two ", " three", "C:", "no colon",
            "",
        ])
        #expect(progress == .complete(HTTPResponseHead(status: 200, headers: ["A": "1", "B": "two three", "C": ""])))
    }

    @Test("has a limit")
    func limit() {
        #expect(parse(["HTTP/1.1 200 OK", "A: " + String(repeating: "x", count: 100)], limit: 50).0 == .tooLarge)
    }
}
