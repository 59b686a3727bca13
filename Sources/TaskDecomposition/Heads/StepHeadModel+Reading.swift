/// A file of step-head weights that cannot be used.
package enum StepHeadModelError: Error, Sendable, Hashable, CustomStringConvertible {
    /// It does not begin as such a file does.
    case notAModel
    case unknownVersion(Int)
    /// It was trained on other features than this program computes.
    case otherFeatures(count: Int, expected: Int)
    /// It ends too early, or goes on after its end.
    case wrongSize(bytes: Int)
    /// A number is not finite, or too large to have been learned.
    case badNumber
    /// A tree asks about a feature that does not exist, or does not lead forward to an answer.
    case badTree(Int)

    package var description: String {
        let reason =
            switch self {
            case .notAModel: "this is no file of step-head weights"
            case .unknownVersion(let version): "version \(version) of the format is not known"
            case .otherFeatures(let count, let expected): "it wants \(count) features, this program has \(expected)"
            case .wrongSize(let bytes): "it has \(bytes) bytes, which is not what its header says"
            case .badNumber: "a weight is not a usable number"
            case .badTree(let number): "tree \(number + 1) is broken"
            }
        return "the step-head weights cannot be used: \(reason); make them with 'make train-decomposer'"
    }
}

extension StepHeadModel {
    /// The model that comes with the program; nil should it be unusable, and then the rules decide alone.
    package static let builtIn = try? StepHeadModel(bytes: PackageResources.step_heads_model)

    static let version = 1
    private static let mark: [UInt8] = Array("SWSH".utf8)
    private static let leaf = 0xFFFF
    private static let largest: Float = 1e6

    /// Reads little-endian weights: mark, version, numbers of features and trees, baseline, bias and slopes of the
    /// regression, then for each tree its number of nodes and the nodes (feature, two places, value).
    package init(bytes: [UInt8]) throws(StepHeadModelError) {
        var reader = Reader(bytes: bytes)
        guard bytes.starts(with: Self.mark) else { throw .notAModel }
        reader.place = Self.mark.count
        let version = try reader.integer()
        guard version == Self.version else { throw .unknownVersion(version) }
        let count = try reader.integer()
        guard count == SegmentFeatures.count else {
            throw .otherFeatures(count: count, expected: SegmentFeatures.count)
        }
        let treeCount = try reader.integer()
        baseline = try reader.number()
        bias = try reader.number()
        slopes = []
        for _ in 0..<count { slopes.append(try reader.number()) }
        trees = []
        for tree in 0..<treeCount { trees.append(try reader.tree(tree, features: count)) }
        guard reader.place == bytes.count else { throw .wrongSize(bytes: bytes.count) }
    }

    private struct Reader {
        let bytes: [UInt8]
        var place = 0

        mutating func integer() throws(StepHeadModelError) -> Int {
            guard place + 2 <= bytes.count else { throw .wrongSize(bytes: bytes.count) }
            defer { place += 2 }
            return Int(bytes[place]) | Int(bytes[place + 1]) << 8
        }

        mutating func number() throws(StepHeadModelError) -> Float {
            let low = try integer()
            let value = Float(bitPattern: UInt32(low) | UInt32(try integer()) << 16)
            guard value.isFinite, abs(value) <= StepHeadModel.largest else { throw .badNumber }
            return value
        }

        mutating func tree(_ number: Int, features: Int) throws(StepHeadModelError) -> [Node] {
            let count = try integer()
            guard count > 0 else { throw .badTree(number) }
            var nodes: [Node] = []
            for place in 0..<count {
                let feature = try integer()
                let (low, high) = (try integer(), try integer())
                let value = try self.number()
                guard feature != StepHeadModel.leaf else {
                    nodes.append(Node(feature: nil, low: 0, high: 0, value: value))
                    continue
                }
                let isForward = low > place && high > place && low < count && high < count
                guard feature < features, isForward else { throw .badTree(number) }
                nodes.append(Node(feature: feature, low: low, high: high, value: value))
            }
            return nodes
        }
    }
}
