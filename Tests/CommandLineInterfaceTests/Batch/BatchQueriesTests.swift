import Glibc
import JSONSchema
import TestSupport
import Testing

@testable import CommandLineInterface

@Suite("The queries of a batch")
struct BatchQueriesTests {
    @Test("come in order, with ids as they were written")
    func reading() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "\u{FEFF}{\"id\":\"a\",\"query\":\"one\"}\r\n\n  \n{\"query\":\"zwei ü\",\"more\":[1],\"id\":2}\n{\"id\":3,\"query\":\"\"}",
            to: "batch.jsonl"
        )
        var queries: [BatchQuery] = []
        for try await query in try BatchQueries(path: file) { queries.append(query) }
        #expect(queries.map(\.id) == ["a", 2, 3])
        #expect(queries.map(\.query) == ["one", "zwei ü", ""])
    }

    static let faults: [(line: String, reason: String)] = [
        ("{\"id\":1,", "invalid JSON at column 9: a member name in double quotes is missing"),
        ("[]", "an object is expected, not array"),
        ("{\"query\":\"x\"}", "the member 'id' is missing"),
        ("{\"id\":null,\"query\":\"x\"}", "'id' must be a string or a whole number, not null"),
        ("{\"id\":1.5,\"query\":\"x\"}", "'id' must be a string or a whole number, not number"),
        ("{\"id\":1}", "the member 'query' is missing"),
        ("{\"id\":1,\"query\":[\"x\"]}", "'query' must be a string, not array"),
    ]

    @Test("name file and line of what is wrong, and go on after it", arguments: faults)
    func faultyLine(line: String, reason: String) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("{\"id\":1,\"query\":\"a\"}\n\(line)\n{\"id\":3,\"query\":\"c\"}\n", to: "b.jsonl")
        var queries = try BatchQueries(path: file).makeAsyncIterator()
        #expect(try await queries.next()?.query == "a")
        let error = await #expect(throws: BatchError.self) { try await queries.next() }
        #expect(error == BatchError(file: file, line: 2, reason: reason))
        #expect(error?.commandError.message == "\(file):2: \(reason)")
        #expect(try await queries.next()?.query == "c")
        #expect(try await queries.next() == nil)
        #expect(try await queries.next() == nil)
    }

    @Test("are not kept from a line that is too long or no UTF-8")
    func hostileLines() async throws {
        let folder = try TemporaryFolder()
        let long = Array(repeating: UInt8(ascii: "x"), count: BatchQueries.maximumLineLength + 1)
        let file = try folder.write(
            long + Array("\n\"\u{7F}".utf8) + [0xFF, UInt8(ascii: "\"")] + Array("\n{\"id\":3,\"query\":\"c\"}".utf8),
            to: "b.jsonl"
        )
        var queries = try BatchQueries(path: file).makeAsyncIterator()
        let first = await #expect(throws: BatchError.self) { try await queries.next() }
        #expect(first?.line == 1)
        #expect(first?.reason == "the line is longer than 4194304 bytes")
        let second = await #expect(throws: BatchError.self) { try await queries.next() }
        #expect(second?.reason.hasSuffix("the text is not valid UTF-8") == true)
        #expect(try await queries.next()?.id == 3)
    }

    @Test("need a file that can be read")
    func unreadable() async throws {
        let folder = try TemporaryFolder()
        let missing = folder.path + "/missing"
        #expect(throws: BatchError(file: missing, line: nil, reason: "No such file or directory")) {
            try BatchQueries(path: missing)
        }
        var queries = try BatchQueries(path: folder.path).makeAsyncIterator()
        let error = await #expect(throws: BatchError.self) { try await queries.next() }
        #expect(error == BatchError(file: folder.path, line: nil, reason: "Is a directory"))
    }

    @Test(
        "wait for a slow writer, and stop waiting when the task is cancelled",
        .timeLimit(.minutes(1 * Sanitizer.patience))
    )
    func cancellation() async throws {
        var ends: [Int32] = [-1, -1]
        #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0)
        let (writer, descriptor) = (ends[0], ends[1])
        let reader = try DescriptorReader(descriptor: descriptor, isOwned: true)
        let (firstRead, signal) = AsyncStream<[UInt8]>.makeStream()
        let reading = Task {
            signal.yield(try await reader.read(upTo: 10))
            return try await reader.read(upTo: 10)
        }
        #expect(write(writer, "hello", 5) == 5)
        var reads = firstRead.makeAsyncIterator()
        #expect(await reads.next() == Array("hello".utf8))
        reading.cancel()
        await #expect(throws: CancellationError.self) { try await reading.value }
        close(writer)
    }
}
