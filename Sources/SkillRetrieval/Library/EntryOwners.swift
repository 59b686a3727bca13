package import SkillCatalog

/// Which skill each entry belongs to, in memory, for grouping without a look into the catalog.
package struct EntryOwners: Sendable {
    /// By number.
    package let all: [EntryOwner]

    /// - Parameter owners: in the order of their numbers.
    package init(_ owners: [EntryOwner]) { all = owners }

    package var count: Int { all.count }

    /// The place of an entry; nil for an unknown number.
    package func place(of number: Int64) -> Int? {
        var low = 0
        var high = all.count
        while low < high {
            let middle = (low + high) / 2
            if all[middle].number < number { low = middle + 1 } else { high = middle }
        }
        return low < all.count && all[low].number == number ? low : nil
    }

    package subscript(number: Int64) -> EntryOwner? { place(of: number).map { all[$0] } }
}
