/// How a vector index is built.
public enum IndexKind: String, Sendable, Hashable, CaseIterable {
    /// Every vector is compared: exact.
    case flat
    /// Lists of whole vectors around centres (IVF), of which the nearest are searched: nearly exact, built in seconds, and
    /// the lists stay on the disk. Tools copied from each other by the hundred, as in large libraries, stand together.
    case ivf
    /// A graph of neighbours (HNSW; Malkov and Yashunin, arXiv 1603.09320): nearly exact, all in memory.
    case hnsw
    /// Lists of coded vectors (IVF-PQ; Jégou et al., TPAMI 2011): the lists stay on the disk, a sixteenth of the size.
    case ivfpq
}

/// How exactly vectors are kept inside an index; the catalog always keeps them whole.
public enum VectorPrecision: String, Sendable, Hashable, CaseIterable {
    case float32, float16, int8
}

/// Chooses how a vector index is built, and when it is built again.
public struct IndexPolicy: Sendable, Hashable {
    /// The kind to build whatever the size; nil to choose by size.
    public var kind: IndexKind?
    public var precision: VectorPrecision
    /// Most entries that are searched one by one.
    public var flatLimit = 50_000
    /// Most entries whose vectors are kept whole.
    public var wholeLimit = 4_000_000
    /// Entries added or removed since the index was built, from which on it is built again.
    public var mergeThreshold = 20_000

    public init(kind: IndexKind? = nil, precision: VectorPrecision = .float32) {
        self.kind = kind
        self.precision = precision
    }

    /// The kind for so many entries.
    public func kind(for count: Int) -> IndexKind {
        kind ?? (count <= flatLimit ? .flat : count <= wholeLimit ? .ivf : .ivfpq)
    }

    /// What is chosen, in two words; the reverse of `init(text:)`.
    package var text: String { "\(kind?.rawValue ?? "auto") \(precision.rawValue)" }

    /// Reads what `text` wrote; all that is not known is as it would be unless chosen.
    package init(text: String?) {
        let words = (text ?? "").split(separator: " ").map(String.init)
        self.init(
            kind: words.first.flatMap(IndexKind.init),
            precision: words.dropFirst().first.flatMap(VectorPrecision.init) ?? .float32
        )
    }

    /// What is built for so many entries, in words that are equal where an index need not be built again.
    func description(for count: Int) -> String { "\(kind(for: count).rawValue) \(precision.rawValue)" }

    /// What is built for so many entries.
    func shape(for count: Int, dimensions: Int) -> IndexShape {
        IndexShape(kind: kind(for: count), precision: precision, count: count, dimensions: dimensions)
    }
}

/// An index to be built, in the words of FAISS, with how hard it tries.
struct IndexShape: Sendable, Hashable {
    /// What FAISS's `index_factory` is told.
    var factory: String
    /// Vectors it is trained with before any is added; 0 for none.
    var trainingCount: Int
    /// FAISS's parameters by name: candidates kept while a graph is built and searched, lists that are searched.
    var parameters: [String: Double]

    init(kind: IndexKind, precision: VectorPrecision, count: Int, dimensions: Int) {
        switch kind {
        case .flat:
            factory = Self.plain(precision)
            trainingCount = precision == .float32 ? 0 : min(count, 20_000)
            parameters = [:]
        case .ivf:
            // Many short lists: an eightieth of them held .998 of the ten nearest among 1.1 million (`bench scale`).
            let lists = max(1, min(65_536, Int(4 * Double(count).squareRoot())))
            factory = "IVF\(lists),\(Self.plain(precision))"
            trainingCount = min(count, max(256, 50 * lists))
            parameters = ["nprobe": Double(min(lists, max(16, lists / 80)))]
        case .hnsw:
            factory = precision == .float32 ? "HNSW32" : "HNSW32_\(Self.plain(precision))"
            trainingCount = precision == .float32 ? 0 : min(count, 20_000)
            parameters = ["efConstruction": 80, "efSearch": 192]
        case .ivfpq:
            // Lists of a few hundred vectors, the square root of the count many, as FAISS's guidelines have it.
            let lists = max(1, min(65_536, Int(4 * Double(count).squareRoot())))
            let codes = Self.divisor(of: dimensions, upTo: max(1, dimensions / 4))
            factory = "IVF\(lists),PQ\(codes)"
            trainingCount = min(count, max(256, 40 * lists))
            parameters = ["nprobe": Double(max(1, lists / 32))]
        }
    }

    private static func plain(_ precision: VectorPrecision) -> String {
        switch precision {
        case .float32: "Flat"
        case .float16: "SQfp16"
        case .int8: "SQ8"
        }
    }

    /// The largest number of equal pieces a vector can be cut into, up to a limit.
    private static func divisor(of dimensions: Int, upTo limit: Int) -> Int {
        (1...limit).last { dimensions % $0 == 0 } ?? 1
    }
}
