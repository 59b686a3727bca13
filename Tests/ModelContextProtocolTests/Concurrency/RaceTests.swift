import HTTPTransport
import JSONSchema
import Synchronization
import TestSupport
import Testing

@testable import ModelContextProtocol

/// The small parts that join tasks and threads: each waits once, ends once, and keeps nothing.
@Suite("Races", .timeLimit(.minutes(1 * Sanitizer.patience)))
struct RaceTests {
    @Test("a reply, a cancellation, a failure and the end of the connection race, and every waiter ends once")
    func pendingReplies() async throws {
        for round in 0..<40 {
            let pending = PendingReplies()
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<40 {
                    let id = RequestID.integer(Int64(number))
                    group.addTask {
                        let waiter = Task { try await pending.response(to: id) {} }
                        let rivals = [
                            Task { _ = pending.resolve(Message.Response(id: id, [:])) },
                            Task { waiter.cancel() },
                            Task { if number % 8 == 0 { pending.fail(id, ConnectionError.closed) } },
                        ]
                        for rival in rivals { await rival.value }
                        _ = await waiter.result
                        pending.forget(id)
                    }
                }
                if round % 4 == 0 { pending.end(.closed) }
            }
            #expect(!pending.resolve(Message.Response(id: .integer(0), [:])))
        }
    }

    @Test("a request that was cancelled before it was sent is not sent")
    func unsent() async throws {
        let pending = PendingReplies()
        let isSent = Mutex(false)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await pending.response(to: .integer(1)) { isSent.withLock { $0 = true } }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(!isSent.withLock { $0 })
    }

    @Test("a request is in flight once, is cancelled also before its task has a name, and is free again")
    func inFlight() async throws {
        let requests = InFlightRequests()
        let id = RequestID.string("x")
        #expect(requests.begin(id) && !requests.begin(id))
        requests.cancel(id)
        let task = Task<Void, Never> { _ = try? await Task.sleep(for: .seconds(600)) }
        requests.answered(id, by: task)
        await task.value
        #expect(task.isCancelled && !requests.end(id))
        #expect(requests.begin(id) && requests.end(id) && requests.isEmpty)
        requests.cancel(id)
        #expect(requests.begin(id) && requests.end(id))
    }

    @Test("of a response and what is said before it none is lost, whenever the patience ends")
    func eventChannel() async throws {
        let response = Message.Response(id: .integer(1), ["x": 1])
        for round in 0..<300 {
            let channel = EventChannel()
            let saying = Task {
                if round % 3 == 0 { channel.send(.notification(Message.Notification("n"))) }
                channel.end(response)
                channel.finish()
            }
            let patience = Duration.microseconds(round % 2 == 0 ? 1 : 1_000_000)
            if let whole = await channel.response(within: patience) {
                #expect(whole == response)
            } else {
                let said = String(decoding: try await channel.body().collected(), as: UTF8.self)
                #expect(said.contains("\"x\":1"))
            }
            await saying.value
        }
    }

    @Test("a reader that goes is told once to whoever makes the events")
    func readerGoes() async throws {
        for _ in 0..<100 {
            let channel = EventChannel()
            let gone = Mutex(0)
            channel.whenGone { gone.withLock { $0 += 1 } }
            let body = channel.body()
            let reading = Task { for try await _ in body {} }
            let saying = Task { for _ in 0..<20 { channel.send(.notification(Message.Notification("n"))) } }
            reading.cancel()
            _ = await reading.result
            await saying.value
            #expect(gone.withLock { $0 } == 1)
        }
    }

    @Test("shared work is done once, and cancelled when the last has left")
    func sharedWork() async throws {
        for _ in 0..<100 {
            let runs = Mutex(0)
            let work = SharedWork {
                runs.withLock { $0 += 1 }
                await Task.yield()
                return 7
            }
            let waiters = (0..<8).map { _ in Task { try await work.value() } }
            for waiter in waiters.prefix(7) { waiter.cancel() }
            // Nil where all others had come and gone before the last one came.
            let value = try await waiters[7].value
            #expect(value == 7 || (value == nil && work.isOver))
            for waiter in waiters.prefix(7) { _ = await waiter.result }
            #expect(runs.withLock { $0 } == 1 && work.isOver)
        }
        let ended = AsyncStream<Void>.makeStream()
        let endless = SharedWork {
            defer { ended.continuation.finish() }
            try await Task.sleep(for: .seconds(600))
        }
        let waiter = Task { try await endless.value() }
        waiter.cancel()
        await #expect(throws: CancellationError.self) { try await waiter.value }
        for await _ in ended.stream {}
        #expect(endless.isOver)
    }

    @Test("a deadline: in time, too late, failing, and cancelled from outside")
    func deadline() async throws {
        let inTime = try await withDeadline(.seconds(600)) { 7 }
        #expect(inTime == 7)
        await #expect(throws: ConnectionError.timedOut(after: .milliseconds(10))) {
            try await withDeadline(.milliseconds(10)) { try await Task.sleep(for: .seconds(600)) }
        }
        await #expect(throws: ProtocolError.self) {
            try await withDeadline(.seconds(600)) { throw ProtocolError.internalFault }
        }
        let task = Task { try await withDeadline(.seconds(600)) { try await Task.sleep(for: .seconds(600)) } }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
