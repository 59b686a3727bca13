import Testing

@testable import TextEmbedding

@Suite("The encoder's desk")
struct EncodingDeskTests {
    private func rows(_ ids: Int32...) -> [TokenRow] { ids.map { TokenRow(ids: [$0]) } }

    private func desk(_ lane: GatedLane, waiting: Int = 64) -> EncodingDesk {
        EncodingDesk(limits: .init(rows: 4, waiting: waiting), quick: lane) { [] }
    }

    /// Waits until so many texts wait; what is awaited here comes, or the test's time limit does.
    private func wait(for count: Int, at desk: EncodingDesk) async {
        while desk.waitingCount != count { await Task.yield() }
    }

    private func wait(for count: Int, begunOn lane: GatedLane) async {
        while lane.batches.count < count { await Task.yield() }
    }

    @Test("runs texts of callers who meet together, and gives each its own", .timeLimit(.minutes(5)))
    func together() async throws {
        let lane = GatedLane()
        let desk = desk(lane)
        async let first = desk.encode(rows(1))
        await wait(for: 1, begunOn: lane)
        async let second = desk.encode(rows(2, 3))
        await wait(for: 2, at: desk)
        async let third = desk.encode(rows(4))
        await wait(for: 3, at: desk)
        lane.open(2)
        let states = try await (first, second, third)
        #expect(states.0 == [[1]] && states.1 == [[2], [3]] && states.2 == [[4]])
        #expect(lane.batches == [[[1]], [[2], [3], [4]]])
    }

    @Test("lets a caller who is cancelled go at once, without the others", .timeLimit(.minutes(5)))
    func cancellation() async throws {
        let lane = GatedLane()
        let desk = desk(lane)
        let running = Task { try await desk.encode(rows(1)) }
        await wait(for: 1, begunOn: lane)
        let waiting = Task { try await desk.encode(rows(2)) }
        await wait(for: 1, at: desk)
        async let other = desk.encode(rows(3))
        await wait(for: 2, at: desk)
        running.cancel()
        waiting.cancel()
        // Nothing was let through yet.
        await #expect(throws: CancellationError.self) { try await running.value }
        await #expect(throws: CancellationError.self) { try await waiting.value }
        lane.open(2)
        let states = try await other
        #expect(states == [[3]])
        #expect(lane.batches == [[[1]], [[3]]])
        let late = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await desk.encode(rows(4))
        }
        await #expect(throws: CancellationError.self) { try await late.value }
    }

    @Test("tells every caller of a batch of its error, and no other", .timeLimit(.minutes(5)))
    func errors() async throws {
        let lane = GatedLane(failure: EmbeddingError(.inferenceFailed, "unlucky"))
        let desk = desk(lane)
        async let first = desk.encode(rows(1))
        await wait(for: 1, begunOn: lane)
        let unlucky = Task { try await desk.encode(rows(2, 3, 4, 5, 6)) }
        await wait(for: 5, at: desk)
        let neighbour = Task { try await desk.encode(rows(13, 7)) }
        await wait(for: 7, at: desk)
        lane.open(8)
        let states = try await first
        #expect(states == [[1]])
        // Four texts of one caller go well; the fifth runs beside the others'.
        for caller in [unlucky, neighbour] {
            let error = await #expect(throws: EmbeddingError.self) { try await caller.value }
            #expect(error?.message == "unlucky")
        }
        let after = try await desk.encode(rows(8))
        #expect(after == [[8]])
    }

    @Test("turns callers away where too many wait", .timeLimit(.minutes(5)))
    func overload() async throws {
        let lane = GatedLane()
        let desk = desk(lane, waiting: 2)
        async let first = desk.encode(rows(1))
        await wait(for: 1, begunOn: lane)
        async let second = desk.encode(rows(2, 3))
        await wait(for: 2, at: desk)
        let error = await #expect(throws: EmbeddingError.self) { try await desk.encode(rows(4)) }
        #expect(error?.kind == .overloaded)
        lane.open(2)
        _ = try await (first, second)
    }

    @Test("opens streams when callers keep meeting, and uses them side by side", .timeLimit(.minutes(5)))
    func streams() async throws {
        let (quick, left, right) = (GatedLane(), GatedLane(), GatedLane())
        let desk = EncodingDesk(limits: .init(rows: 2), quick: quick) { [left, right] }
        for lane in [quick, left, right] { lane.open(2_000) }
        for _ in 0..<20 where left.batches.isEmpty || right.batches.isEmpty {
            try await withThrowingTaskGroup { group in
                for number in Int32(0)..<40 {
                    group.addTask {
                        let states = try await desk.encode(rows(number, number + 1))
                        #expect(states == [[Float(number)], [Float(number + 1)]])
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(!quick.batches.isEmpty)
        #expect(!left.batches.isEmpty && !right.batches.isEmpty)
    }

    @Test("goes on over the quick lane where streams cannot be had", .timeLimit(.minutes(5)))
    func noStreams() async throws {
        let quick = GatedLane()
        quick.open(400)
        let desk = EncodingDesk(limits: .init(rows: 2), quick: quick) {
            throw EmbeddingError(.modelUnusable, "no memory is left")
        }
        try await withThrowingTaskGroup { group in
            for number in Int32(0)..<100 {
                group.addTask {
                    let states = try await desk.encode(rows(number))
                    #expect(states == [[Float(number)]])
                }
            }
            try await group.waitForAll()
        }
    }
}
