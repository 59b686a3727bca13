/// Which index entries an update adds and removes.
///
/// Numbers only grow and are never used twice, so the entries added are those above `lastNumberBefore` that the catalog
/// still holds, and nothing that was removed can come back under its number.
package struct EntryChanges: Sendable, Hashable {
    /// The highest number ever given before this update; 0 in a new library.
    package var lastNumberBefore: Int64 = 0
    /// Numbers of the entries added, in ascending order.
    package private(set) var added: [Int64] = []
    /// Numbers of the entries removed that were there before the update.
    package private(set) var removed: [Int64] = []

    package init(lastNumberBefore: Int64 = 0) { self.lastNumberBefore = lastNumberBefore }

    package var isEmpty: Bool { added.isEmpty && removed.isEmpty }

    mutating func add(_ number: Int64) { added.append(number) }

    /// An entry that this update itself added leaves no trace.
    mutating func remove(_ number: Int64) {
        guard number > lastNumberBefore else { return removed.append(number) }
        if let place = added.lastIndex(of: number) { added.remove(at: place) }
    }
}
