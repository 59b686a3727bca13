/// Answers in one load which treatment a scalar needs under the chosen options.
///
/// The options are compiled into the table: with accents kept, no scalar is classed as an accent. Planes 0 and 1, where
/// nearly all text lives, have a byte for each scalar (128 KiB); the few ranges above are searched.
struct ScalarClassTable: Sendable {
    private static let directCount = 0x20000

    private var direct = [UInt8](repeating: 0, count: directCount)
    private var upper: [(range: ClosedRange<UInt32>, scalarClass: ScalarClass)] = []

    init(_ normalization: TextNormalization) {
        paint(.removed, UnicodeTables.removed)
        paint(.whitespace, UnicodeTables.whitespace)
        paint(.isolated, UnicodeTables.punctuation)
        if normalization.splitChinese {
            paint(.isolated, UnicodeTables.ideographs)
        }
        if normalization.stripAccents {
            paint(.accent, UnicodeTables.startingMarks)
            paint([.accent, .reordered], UnicodeTables.reorderedMarks)
            paint(.reordered, UnicodeTables.keptCombiningClasses, width: 3)
            paint(.isolated, UnicodeTables.isolatingForms)
            paintDecompositions()
        }
        if normalization.lowercase {
            paintCased()
        }
    }

    subscript(scalar: UInt32) -> ScalarClass {
        if scalar < Self.directCount {
            return ScalarClass(rawValue: direct[Int(scalar)])
        }
        var scalarClass: ScalarClass = []
        for entry in upper where entry.range.contains(scalar) {
            scalarClass.formUnion(entry.scalarClass)
        }
        return scalarClass
    }

    /// Adds a class to the ranges in the first two cells of each row.
    private mutating func paint(_ scalarClass: ScalarClass, _ table: [UInt32], width: Int = 2) {
        for row in stride(from: 0, to: table.count, by: width) {
            add(scalarClass, to: table[row]...table[row + 1])
        }
    }

    private mutating func paintDecompositions() {
        add(.decomposed, to: UnicodeTables.hangulSyllables)
        paint(.decomposed, UnicodeTables.decompositionRuns, width: 3)
        for row in stride(from: 0, to: UnicodeTables.longDecompositions.count, by: 4) {
            let scalar = UnicodeTables.longDecompositions[row]
            add(.decomposed, to: scalar...scalar)
        }
    }

    private mutating func paintCased() {
        let table = UnicodeTables.lowercaseRows
        for row in stride(from: 0, to: table.count, by: 4) {
            for scalar in stride(from: table[row], through: table[row + 1], by: Int(table[row + 2])) {
                add(.cased, to: UInt32(scalar)...UInt32(scalar))
            }
        }
    }

    private mutating func add(_ scalarClass: ScalarClass, to range: ClosedRange<UInt32>) {
        guard range.lowerBound < Self.directCount else {
            upper.append((range, scalarClass))
            return
        }
        for index in Int(range.lowerBound)...Int(range.upperBound) {
            direct[index] |= scalarClass.rawValue
        }
    }
}
