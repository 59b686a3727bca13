/// Reads server-sent events from bytes as they arrive (HTML Living Standard, 9.2.6).
///
/// Lines end with LF, CR or CRLF; comments and unknown fields are skipped; bytes that are not UTF-8 become U+FFFD, and a
/// character may arrive in several pieces.
package struct ServerSentEventParser: Sendable {
    /// The stream holds an event that is larger than allowed.
    package struct EventTooLarge: Error, Sendable, Hashable {
        package let limit: Int

        package init(limit: Int) { self.limit = limit }
    }

    private let limit: Int
    private var line: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    private var name = ""
    private var id: String?
    private var isFirstLine = true
    private var followsCarriageReturn = false
    /// How long the server asks to wait before a new connection.
    package private(set) var reconnectionTime: Duration?

    /// - Parameter limit: most bytes of one event.
    package init(limit: Int = 4 << 20) { self.limit = limit }

    /// Takes bytes in and returns the events they complete.
    package mutating func receive(_ bytes: [UInt8]) throws(EventTooLarge) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for byte in bytes {
            let endsPair = followsCarriageReturn && byte == 0x0A
            followsCarriageReturn = byte == 0x0D
            if endsPair { continue }
            if byte == 0x0A || byte == 0x0D {
                if let event = endLine() { events.append(event) }
            } else {
                line.append(byte)
                guard line.count + data.count <= limit else { throw EventTooLarge(limit: limit) }
            }
        }
        return events
    }

    /// Takes the end of the stream in: an event without its empty line counts, which the standard would drop, because
    /// some servers forget that line after their last event.
    package mutating func finish() -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        if !line.isEmpty, let event = endLine() { events.append(event) }
        if let event = dispatch() { events.append(event) }
        return events
    }

    private mutating func endLine() -> ServerSentEvent? {
        defer { line.removeAll(keepingCapacity: true) }
        if isFirstLine {
            isFirstLine = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        }
        guard !line.isEmpty else { return dispatch() }
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.count
        var value = line[min(colon + 1, line.count)...]
        if value.first == 0x20 { value.removeFirst() }
        switch String(decoding: line[..<colon], as: UTF8.self) {
        case "data":
            if hasData { data.append(0x0A) }
            hasData = true
            data += value
        case "event": name = String(decoding: value, as: UTF8.self)
        case "id" where !value.contains(0): id = String(decoding: value, as: UTF8.self)
        case "retry":
            guard let milliseconds = Int(String(decoding: value, as: UTF8.self)), milliseconds >= 0 else { break }
            reconnectionTime = .milliseconds(milliseconds)
        default: break
        }
        return nil
    }

    private mutating func dispatch() -> ServerSentEvent? {
        defer {
            data.removeAll(keepingCapacity: true)
            hasData = false
            name = ""
        }
        guard hasData else { return nil }
        return ServerSentEvent(
            name: name.isEmpty ? "message" : name,
            data: String(decoding: data, as: UTF8.self),
            id: id
        )
    }
}
