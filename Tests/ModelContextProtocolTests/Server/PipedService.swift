import Glibc
import JSONSchema
import ModelContextProtocol
import Subprocesses
import Synchronization
import Testing

/// A service over standard streams whose streams are pipes of this process.
final class PipedService: Sendable {
    private let toService: PipeInlet
    private let fromService: Mutex<Int32>
    private let lines: AsyncStream<[UInt8]>
    private let running: Task<Void, any Error>

    init(_ surface: any ServerSurface, options: StandardStreamsService.Options = .init(), readsAnswers: Bool = true)
        throws
    {
        var input: [Int32] = [0, 0]
        var output: [Int32] = [0, 0]
        try #require(pipe(&input) == 0 && pipe(&output) == 0)
        let (serviceInput, serviceOutput, reader) = (input[0], output[1], output[0])
        toService = try PipeInlet(input[1])
        fromService = Mutex(reader)
        let (lines, continuation) = AsyncStream.makeStream(of: [UInt8].self)
        self.lines = lines
        let service = StandardStreamsService(
            MCPServer(surface),
            input: serviceInput,
            output: serviceOutput,
            options: options
        )
        running = Task {
            defer {
                close(serviceInput)
                close(serviceOutput)
            }
            try await service.run()
        }
        guard readsAnswers else { return }
        let code = startThread {
            var partial: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 64 << 10)
            while true {
                let count = read(reader, &buffer, buffer.count)
                guard count > 0 else { break }
                partial += buffer[..<count]
                while let end = partial.firstIndex(of: 0x0A) {
                    continuation.yield(Array(partial[..<end]))
                    partial.removeFirst(end + 1)
                }
            }
            continuation.finish()
        }
        try #require(code == 0)
    }

    deinit {
        endInput()
        stopReading()
    }

    func send(_ message: JSONValue) { send(Array(message.serialized().utf8)) }

    func send(_ line: [UInt8]) { toService.send(line + [0x0A]) }

    func endInput() { toService.end() }

    func stopReading() {
        fromService.withLock { descriptor in
            if descriptor >= 0 { close(descriptor) }
            descriptor = -1
        }
    }

    /// The next message the service says; nil at the end.
    func next() async throws -> JSONValue? {
        for await line in lines { return try JSONParser.parse(utf8: line) }
        return nil
    }

    /// Everything up to the end of the service's output, the lines that are no JSON as texts.
    func rest() async throws -> [JSONValue] {
        var messages: [JSONValue] = []
        for await line in lines {
            messages.append((try? JSONParser.parse(utf8: line)) ?? .string(String(decoding: line, as: UTF8.self)))
        }
        return messages
    }

    /// Waits until the service has ended by itself.
    func ended() async throws { try await running.value }
}
