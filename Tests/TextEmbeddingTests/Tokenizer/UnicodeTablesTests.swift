import Testing

@testable import TextEmbedding

@Suite("Unicode tables")
struct UnicodeTablesTests {
    /// The first two cells of every row: a range.
    private func ranges<Cell: FixedWidthInteger>(_ table: [Cell], width: Int) -> [(first: Int, last: Int)] {
        stride(from: 0, to: table.count, by: width).map { (Int(table[$0]), Int(table[$0 + 1])) }
    }

    @Test("Rows are sorted and disjoint, as the binary search needs them")
    func sortedRows() {
        let tables = [
            ranges(UnicodeTables.removed, width: 2), ranges(UnicodeTables.whitespace, width: 2),
            ranges(UnicodeTables.punctuation, width: 2), ranges(UnicodeTables.ideographs, width: 2),
            ranges(UnicodeTables.startingMarks, width: 2), ranges(UnicodeTables.reorderedMarks, width: 2),
            ranges(UnicodeTables.keptCombiningClasses, width: 3), ranges(UnicodeTables.decompositionRuns, width: 3),
            ranges(UnicodeTables.lowercaseRows, width: 4),
        ]
        for table in tables {
            #expect(!table.isEmpty)
            #expect(table.allSatisfy { $0.first <= $0.last })
            #expect(zip(table, table.dropFirst()).allSatisfy { $0.last < $1.first })
        }
    }

    @Test("Every run of decompositions has its targets")
    func runsHaveTargets() {
        var next = 0
        for row in stride(from: 0, to: UnicodeTables.decompositionRuns.count, by: 3) {
            #expect(Int(UnicodeTables.decompositionRuns[row + 2]) == next)
            next += Int(UnicodeTables.decompositionRuns[row + 1] - UnicodeTables.decompositionRuns[row]) + 1
        }
        #expect(next == UnicodeTables.decompositionTargets.count)
    }

    /// Swift compares strings by canonical equivalence, so equality is the check; no mark is dropped in these ranges.
    @Test(
        "Hangul and compatibility ideographs are canonically equivalent to their decompositions",
        arguments: [0xAC00...0xD7A3, 0xF900...0xFAD9, 0x2F800...0x2FA1D] as [ClosedRange<UInt32>]
    )
    func canonicalEquivalence(range: ClosedRange<UInt32>) {
        let different = range.filter { value in
            let parts = UnicodeTables.decomposition(value)
            let scalars = parts.indices.filter { parts[$0] != 0 }.compactMap { Unicode.Scalar(parts[$0]) }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars)
            return Unicode.Scalar(value).map { String($0) != String(text) } ?? true
        }
        #expect(different == [])
    }

    @Test("Lower case agrees with the standard library in the first blocks")
    func lowercase() {
        for value in UInt32(0)..<0x2000 where value != UnicodeTables.dottedCapitalI {
            guard let scalar = Unicode.Scalar(value) else { continue }
            #expect(UnicodeTables.lowercase(value) == scalar.properties.lowercaseMapping.unicodeScalars.first?.value)
        }
    }
}
