/// One half of a set's tasks: what is tuned on one half is reported on the other.
package enum TaskPart: String, Sendable, Hashable, CaseIterable {
    case all
    /// Tasks whose id's hash is even.
    case development
    /// The others.
    case test

    /// Whether a task belongs to the part.
    package func contains(_ id: String) -> Bool {
        switch self {
        case .all: true
        case .development: Self.hash(id) % 2 == 0
        case .test: Self.hash(id) % 2 == 1
        }
    }

    /// FNV-1a over the id's bytes, mixed as MurmurHash3 ends: the same on every machine, today and later.
    private static func hash(_ id: String) -> UInt64 {
        var hash = id.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        hash = (hash ^ (hash >> 33)) &* 0xff51_afd7_ed55_8ccd
        hash = (hash ^ (hash >> 33)) &* 0xc4ce_b9fe_1a85_ec53
        return hash ^ (hash >> 33)
    }
}
