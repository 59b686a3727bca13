import TestSupport
import Testing

@testable import TextEmbedding

@Suite("The encoder's queue")
struct EncodingQueueTests {
    private typealias Lane = EncodingQueue.Lane

    /// A queue over which callers have met before.
    private func crowded(streams: Int = 2, _ limits: EncodingQueue.Limits = .init()) throws -> EncodingQueue {
        var queue = EncodingQueue(limits)
        queue.open(streams: streams)
        _ = queue.add([3])
        for batch in queue.begin() {
            _ = queue.add([3])
            queue.end(batch.lane)
        }
        for batch in queue.begin() { queue.end(batch.lane) }
        try #require(queue.waitingCount == 0)
        return queue
    }

    @Test("gives a caller who is alone all cores at once, again and again")
    func alone() {
        var queue = EncodingQueue()
        queue.open(streams: 2)
        for _ in 0..<100 {
            let numbers = queue.add([9])
            let started = queue.begin()
            #expect(started == [.init(lane: .quick, members: numbers.map(Array.init) ?? [], columns: 16)])
            queue.end(.quick)
        }
        #expect(!queue.wantsStreams)
    }

    @Test("starts nothing beside a batch that has all cores, and then goes on over the streams")
    func afterQuick() {
        var queue = EncodingQueue()
        queue.open(streams: 2)
        _ = queue.add([5])
        let alone = queue.begin()
        #expect(alone.map(\.lane) == [.quick])
        for _ in 0..<4 { _ = queue.add([5]) }
        let beside = queue.begin()
        #expect(beside.isEmpty)
        queue.end(.quick)
        let started = queue.begin()
        #expect(started.map(\.lane) == [.stream(0), .stream(1)])
        #expect(started.map(\.members.count) == [2, 2])
    }

    @Test("takes a caller to be alone again after a number of calls that met nobody")
    func aloneAgain() throws {
        var queue = try crowded()
        var lanes: [Lane] = []
        for _ in 0..<20 {
            _ = queue.add([5])
            for batch in queue.begin() {
                lanes.append(batch.lane)
                queue.end(batch.lane)
            }
        }
        #expect(lanes.first == .stream(0))
        #expect(lanes.last == .quick)
        #expect(lanes.count == 20)
    }

    @Test("asks for streams once callers have met often, and does with the quick lane until it has them")
    func opening() {
        var queue = EncodingQueue()
        var meetings = 0
        while !queue.wantsStreams, meetings < 1_000 {
            _ = queue.add([5])
            let started = queue.begin()
            _ = queue.add([5])
            let beside = queue.begin()
            #expect(beside.isEmpty)
            for batch in started { queue.end(batch.lane) }
            let next = queue.begin()
            #expect(next.map(\.lane) == [.quick])
            queue.end(.quick)
            meetings += 1
        }
        #expect((2..<1_000).contains(meetings))
        queue.open(streams: 2)
        #expect(!queue.wantsStreams)
    }

    @Test("puts the text that waits longest into the next batch, with those nearest to it in length")
    func similarLengths() throws {
        var queue = try crowded(streams: 1, .init(rows: 3))
        _ = queue.add([4])
        _ = queue.begin()
        let added = queue.add([40, 200, 41, 10, 39, 44])
        let numbers = try #require(added)
        let number = { (offset: Int) in numbers.lowerBound + offset }
        queue.end(.stream(0))
        var batches: [[Int]] = []
        while let batch = queue.begin().first {
            batches.append(batch.members.sorted())
            queue.end(batch.lane)
        }
        #expect(batches == [[0, 2, 4], [1], [3], [5]].map { $0.map(number) })
    }

    @Test("packs the texts that wait longest, whatever their lengths, as far as they fit")
    func packing() throws {
        var queue = try crowded(streams: 1, .init(layout: .packed, rows: 3, tokens: 64))
        _ = queue.add([4])
        _ = queue.begin()
        let added = queue.add([30, 40, 3, 200, 9, 8])
        let first = try #require(added).lowerBound
        queue.end(.stream(0))
        var batches: [EncodingQueue.Batch] = []
        while let batch = queue.begin().first {
            batches.append(batch)
            queue.end(batch.lane)
        }
        #expect(batches.map { $0.members.map { $0 - first } } == [[0, 2, 4], [1, 5], [3]])
        #expect(batches.map(\.columns) == [48, 48, 208])
    }

    @Test("leaves out who has gone, and takes no more than may wait")
    func leaving() throws {
        var queue = try crowded(streams: 1, .init(waiting: 3))
        _ = queue.add([4])
        _ = queue.begin()
        let added = [queue.add([4, 5]), queue.add([6]), queue.add([7])]
        let (first, second) = (try #require(added[0]), try #require(added[1]))
        #expect(added[2] == nil)
        queue.remove(first)
        #expect(queue.waitingCount == 1)
        let later = [queue.add([7, 8]), queue.add([7])]
        #expect(later[0] != nil && later[1] == nil)
        queue.end(.stream(0))
        let started = queue.begin()
        #expect(started.first?.members.contains(second.lowerBound) == true)
    }

    @Test(
        "runs every text once, within its limits, whatever comes and goes",
        arguments: [UInt64(1), 2, 3, 4, 5, 6, 7, 8],
        [BatchLayout.rows, .packed]
    )
    func everything(seed: UInt64, layout: BatchLayout) throws {
        var random = SeededGenerator(seed: seed)
        let limits = EncodingQueue.Limits(layout: layout, rows: 6, tokens: 256, waiting: 40, longest: 256)
        var queue = EncodingQueue(limits)
        if seed % 2 == 0 { queue.open(streams: Int(seed / 2)) }
        var lengths: [Int: Int] = [:]
        var gone: Set<Int> = []
        var ran: Set<Int> = []
        var running: [EncodingQueue.Batch] = []
        for step in 0..<2_000 {
            switch step < 1_500 ? Int.random(in: 0..<10, using: &random) : 9 {
            case 0..<4:
                let wanted = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                    Int.random(in: 2...256, using: &random)
                }
                guard let numbers = queue.add(wanted) else { break }
                for (number, length) in zip(numbers, wanted) { lengths[number] = length }
            case 4:
                guard let number = lengths.keys.filter({ !ran.contains($0) && !gone.contains($0) }).min() else { break }
                queue.remove(number..<number + 1)
                gone.insert(number)
            default:
                guard !running.isEmpty else { break }
                let ended = running.remove(at: Int.random(in: 0..<running.count, using: &random))
                queue.end(ended.lane)
            }
            let started = queue.begin()
            for number in started.flatMap(\.members) { #expect(ran.insert(number).inserted) }
            running += started
            #expect(Set(running.map(\.lane)).count == running.count)
            #expect(!running.contains { $0.lane == .quick } || running.count == 1)
            for batch in started {
                #expect(batch.members.count <= limits.rows)
                let rows = layout == .rows ? batch.members.count : 1
                #expect(batch.members.count == 1 || rows * batch.columns <= limits.tokens)
                let sizes = batch.members.map { lengths[$0] ?? .max }
                #expect((layout == .rows ? sizes.max() ?? 0 : sizes.reduce(0, +)) <= batch.columns)
            }
        }
        #expect(queue.waitingCount == 0)
        #expect(ran.isDisjoint(with: gone))
        #expect(ran.union(gone) == Set(lengths.keys))
    }
}
