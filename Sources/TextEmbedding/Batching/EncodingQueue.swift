/// Decides which texts the encoder runs together, and where.
///
/// A caller who is alone gets all cores for its text at once. Texts that come while the encoder is busy wait and then go
/// together with others of similar length, on streams of one core each: that is most texts a second, because cores need
/// not wait for each other and the weights are read once for the whole batch. Nobody waits for company: a queue forms only
/// while the encoder is busy.
///
/// The text that has waited longest is in the next batch, whatever its length, so that none waits for ever.
struct EncodingQueue {
    /// Where a batch runs.
    enum Lane: Sendable, Hashable {
        /// All cores on one batch; nothing else runs meanwhile.
        case quick
        /// One core; as many batches at a time as there are streams.
        case stream(Int)
    }

    struct Batch: Sendable, Hashable {
        var lane: Lane
        /// Numbers of the texts.
        var members: [Int]
        /// Padded length of every row; of a packed row, of all together.
        var columns: Int
    }

    struct Limits: Sendable, Hashable {
        var layout = BatchLayout.rows
        /// Texts that run together: more take longer than they gain.
        var rows = 8
        /// Padded tokens that run together, so that what they need stays in a core's second-level cache.
        var tokens = 512
        /// Texts that wait at a time.
        var waiting = 4_096
        /// What the model reads at most; padding ends there.
        var longest = 512
    }

    private struct Text {
        var number: Int
        var length: Int
    }

    private let limits: Limits
    /// Longest wait first.
    private var waiting: [Text] = []
    private var busy: Set<Lane> = []
    private var lastNumber = 0
    /// Streams there are; none until they are opened.
    private var streams = 0
    /// How many more callers have to come one at a time until the next is taken to be alone.
    private var crowd = 0
    private var crowdedCalls = 0

    private static let crowdMemory = 16
    /// Texts of the queue that are looked at for a batch.
    private static let window = 64
    /// Calls that met others before streams are worth their memory: a program that ends soon never gets there.
    private static let manyCalls = 32

    init(_ limits: Limits = Limits()) { self.limits = limits }

    /// Whether so many callers have met that streams should be opened.
    var wantsStreams: Bool { streams == 0 && crowdedCalls >= Self.manyCalls }

    var waitingCount: Int { waiting.count }

    // MARK: - Events

    /// Takes in the texts of one caller.
    ///
    /// - Parameter lengths: tokens of each.
    /// - Returns: a number for each, in order; nil where too many wait already.
    mutating func add(_ lengths: [Int]) -> Range<Int>? {
        guard waiting.count + lengths.count <= limits.waiting else { return nil }
        if busy.isEmpty, waiting.isEmpty {
            crowd = max(0, crowd - 1)
        } else {
            crowd = Self.crowdMemory
            crowdedCalls += 1
        }
        let first = lastNumber + 1
        lastNumber += lengths.count
        for (offset, length) in lengths.enumerated() { waiting.append(Text(number: first + offset, length: length)) }
        return first..<lastNumber + 1
    }

    /// Nobody waits for these any more; those that run already are not called back.
    mutating func remove(_ numbers: Range<Int>) { waiting.removeAll { numbers.contains($0.number) } }

    mutating func open(streams count: Int) { streams = count }

    /// The batch of a lane is done.
    mutating func end(_ lane: Lane) { busy.remove(lane) }

    /// What is to be started now.
    mutating func begin() -> [Batch] {
        var batches: [Batch] = []
        while let lane = freeLane() {
            batches.append(take(for: lane))
            busy.insert(lane)
        }
        return batches
    }

    // MARK: - Decisions

    private func freeLane() -> Lane? {
        guard !waiting.isEmpty else { return nil }
        if streams == 0 || crowd == 0 { return busy.isEmpty ? .quick : nil }
        return busy.contains(.quick) ? nil : idleStreams.first
    }

    private var idleStreams: [Lane] { (0..<streams).map(Lane.stream).filter { !busy.contains($0) } }

    private mutating func take(for lane: Lane) -> Batch {
        // What waits is shared among the lanes that are idle.
        let lanes = lane == .quick ? 1 : max(1, idleStreams.count)
        let rows = min(limits.rows, (waiting.count + lanes - 1) / lanes)
        let (members, columns) = limits.layout == .rows ? similar(upTo: rows) : packed(upTo: rows)
        let batch = Batch(lane: lane, members: members.map { waiting[$0].number }, columns: columns)
        for index in members.sorted(by: >) { waiting.remove(at: index) }
        return batch
    }

    /// The text that waits longest and those nearest to it in length.
    private func similar(upTo rows: Int) -> (members: [Int], columns: Int) {
        let first = waiting[0].length
        var members = [0]
        var (shortest, longest) = (first, first)
        let nearest = waiting.indices.prefix(Self.window).dropFirst().sorted {
            (abs(waiting[$0].length - first), $0) < (abs(waiting[$1].length - first), $1)
        }
        for index in nearest where members.count < rows {
            let length = waiting[index].length
            let (low, high) = (min(shortest, length), max(longest, length))
            guard BatchPlan.fit(low, high), (members.count + 1) * padded(high, rows: 2) <= limits.tokens else {
                continue
            }
            members.append(index)
            (shortest, longest) = (low, high)
        }
        return (members, padded(longest, rows: members.count))
    }

    /// The texts that wait longest and fit together.
    private func packed(upTo rows: Int) -> (members: [Int], columns: Int) {
        var members: [Int] = []
        var total = 0
        for index in waiting.indices.prefix(Self.window) where members.count < rows {
            let length = waiting[index].length
            guard members.isEmpty || total + length <= limits.tokens else { continue }
            members.append(index)
            total += length
        }
        let step = members.count == 1 ? BatchPlan.lengthStepOfOne : BatchPlan.lengthStep
        return (members, BatchPlan.padded(total, to: step, .max))
    }

    private func padded(_ length: Int, rows: Int) -> Int {
        BatchPlan.padded(length, to: rows == 1 ? BatchPlan.lengthStepOfOne : BatchPlan.lengthStep, limits.longest)
    }
}
