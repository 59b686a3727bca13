/// A right that a token gives.
package enum AccessScope: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Search, route, skills, libraries, token costs, benchmarks.
    case library
    /// Lists and shows runs, and hears what happens in them.
    case runsRead = "runs:read"
    /// Starts, answers, goes on with and cancels runs; speaks the Model Context Protocol.
    case runsWrite = "runs:write"
    /// Reads the metrics.
    case metrics
    /// Everything, also access tokens and the synchronization of libraries.
    case admin

    /// This right and those that come with it.
    package var implied: Set<AccessScope> {
        switch self {
        case .admin: Set(Self.allCases)
        case .runsWrite: [.runsRead, .runsWrite]
        case .library, .runsRead, .metrics: [self]
        }
    }

    package static func < (left: AccessScope, right: AccessScope) -> Bool { left.place < right.place }

    private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension Set<AccessScope> {
    /// These rights and those that come with them.
    package var withImplied: Set<AccessScope> { reduce(into: []) { $0.formUnion($1.implied) } }
}
