/// A part of a benchmark's requests that is reported on its own.
package enum RecordSlice: Sendable, Hashable {
    case all
    /// Requests whose text asks for every gold step.
    case clean
    case difficulty(Difficulty)
    case edgeKind(GoldEdges.Kind)
    case stepOrigin(GoldTask.StepOrigin)

    /// Every slice, in the order of reports.
    package static let every: [RecordSlice] =
        [.all, .clean] + Difficulty.allCases.map(RecordSlice.difficulty)
        + GoldEdges.Kind.allCases.map(RecordSlice.edgeKind) + GoldTask.StepOrigin.allCases.map(RecordSlice.stepOrigin)

    /// Its name in result files.
    package var name: String {
        switch self {
        case .all: "all"
        case .clean: "clean"
        case .difficulty(let difficulty): difficulty.rawValue
        case .edgeKind(let kind): "edges_\(kind.rawValue)"
        case .stepOrigin(let origin): "steps_from_\(origin.rawValue)"
        }
    }

    init?(name: String) {
        guard let slice = Self.every.first(where: { $0.name == name }) else { return nil }
        self = slice
    }

    package func contains(_ record: QueryRecord) -> Bool {
        switch self {
        case .all: true
        case .clean: record.traits.isClean == true
        case .difficulty(let difficulty): record.traits.difficulty == difficulty
        case .edgeKind(let kind): record.traits.edgeKind == kind
        case .stepOrigin(let origin): record.traits.stepOrigin == origin
        }
    }

    /// Slices that hold something, in the order of reports; where step texts come from only matters if it differs.
    static func present(in records: [QueryRecord]) -> [RecordSlice] {
        every.filter { slice in
            let size = records.count(where: slice.contains)
            switch slice {
            case .all: return true
            case .clean, .difficulty, .edgeKind: return size > 0
            case .stepOrigin: return size > 0 && size < records.count
            }
        }
    }
}
