/// Which texts run together: batches of similar length, so that little is computed for padding.
struct BatchPlan {
    struct Batch {
        /// Indices into the sequences that were planned.
        var members: [Int]
        /// Padded length of every row; of a packed row, of all together.
        var columns: Int
    }

    /// Longest first: the last batches to finish are the small ones, and lanes end together.
    private(set) var batches: [Batch] = []

    /// Lengths are padded to multiples of this, so that the runtime compiles few shapes.
    static let lengthStep = 8

    /// A text alone is padded to a multiple of this: most are of one shape then, and the runtime takes half as long again
    /// when the shape is not that of the run before, even one it has met.
    static let lengthStepOfOne = 16

    /// Plans batches of at most `tokenBudget` padded tokens (one row at least).
    ///
    /// The budget keeps the activations of a batch within a core's second-level cache.
    ///
    /// - Parameters:
    ///   - step: lengths are padded to multiples of it.
    ///   - longest: what the model reads at most; padding ends there.
    init(lengths: [Int], tokenBudget: Int, step: Int = lengthStep, longest: Int = .max) {
        if lengths.count == 1 {
            let columns = Self.padded(lengths[0], to: max(step, Self.lengthStepOfOne), longest)
            batches = [Batch(members: [0], columns: columns)]
            return
        }
        let order = lengths.indices.sorted { (lengths[$0], $0) > (lengths[$1], $1) }
        for index in order {
            let columns = Self.padded(lengths[index], to: step, longest)
            if let last = batches.indices.last,
                (batches[last].members.count + 1) * batches[last].columns <= tokenBudget,
                Self.fit(columns, batches[last].columns, step: step)
            {
                batches[last].members.append(index)
            } else {
                batches.append(Batch(members: [index], columns: columns))
            }
        }
    }

    /// Plans packed batches of at most `tokenBudget` padded tokens (one text at least).
    init(packing lengths: [Int], tokenBudget: Int) {
        var members: [Int] = []
        var total = 0
        func end() {
            guard !members.isEmpty else { return }
            batches.append(Batch(members: members, columns: Self.padded(total, to: Self.lengthStep, .max)))
            members = []
            total = 0
        }
        // Longest first, as above.
        for index in lengths.indices.sorted(by: { (lengths[$0], $0) > (lengths[$1], $1) }) {
            if total + lengths[index] > tokenBudget { end() }
            members.append(index)
            total += lengths[index]
        }
        end()
    }

    /// Whether two lengths are similar enough to run together.
    static func fit(_ shorter: Int, _ longer: Int, step: Int = lengthStep) -> Bool {
        shorter * 2 > longer || longer <= 2 * step
    }

    /// The next multiple of `step`, as far as the model reads.
    static func padded(_ length: Int, to step: Int, _ longest: Int) -> Int {
        min((length + step - 1) / step * step, max(length, longest))
    }
}
