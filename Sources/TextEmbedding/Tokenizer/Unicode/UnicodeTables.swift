/// The Unicode data of the reference tokenizer, pinned.
///
/// Token ids must equal those of Hugging Face `tokenizers`, because the encoder was trained on them. That library mixes
/// Unicode versions: general categories (which scalars are punctuation, marks, controls) are those of Unicode 8.0,
/// canonical decompositions and combining classes those of 9.0, lowercase mappings and white space those of 17.0. The
/// Swift standard library follows one recent version and moves on with every toolchain. Its categories differ for
/// hundreds of scalars assigned or reclassified since 8.0, and it offers no public decomposition. So all the data is
/// here, and no id changes when the toolchain does.
///
/// The rows are generated; what this file adds is how to look a scalar up in them. Whether a scalar has to be looked up
/// at all is answered by `ScalarClassTable`.
enum UnicodeTables {
    /// Up to three scalars; zero stands for none.
    typealias Decomposition = InlineArray<3, UInt32>

    /// The only scalar whose lowercase form has two scalars: capital I with dot above.
    static let dottedCapitalI: UInt32 = 0x0130
    static let combiningDotAbove: UInt32 = 0x0307

    static let hangulSyllables: ClosedRange<UInt32> = 0xAC00...0xD7A3

    /// First scalar of the lowercase form of a scalar, or the scalar itself.
    static func lowercase(_ scalar: UInt32) -> UInt32 {
        if scalar < 0x80 { return scalar &- 0x41 < 26 ? scalar | 0x20 : scalar }
        guard let row = row(containing: scalar, in: lowercaseRows, width: 4) else { return scalar }
        let distance = scalar - UInt32(lowercaseRows[row])
        guard distance.isMultiple(of: UInt32(lowercaseRows[row + 2])) else { return scalar }
        return UInt32(Int32(scalar) + lowercaseRows[row + 3])
    }

    /// Canonical decomposition of a scalar without the nonspacing marks in it; the scalar itself when it has none.
    static func decomposition(_ scalar: UInt32) -> Decomposition {
        if hangulSyllables.contains(scalar) { return hangulDecomposition(scalar) }
        if let row = row(containing: scalar, in: decompositionRuns, width: 3) {
            let target = decompositionRuns[row + 2] + scalar - decompositionRuns[row]
            return [decompositionTargets[Int(target)], 0, 0]
        }
        for row in stride(from: 0, to: longDecompositions.count, by: 4) where longDecompositions[row] == scalar {
            return [longDecompositions[row + 1], longDecompositions[row + 2], longDecompositions[row + 3]]
        }
        return [scalar, 0, 0]
    }

    /// Canonical combining class of a scalar that accent stripping keeps; zero for a scalar that starts a run of marks.
    static func keptCombiningClass(_ scalar: UInt32) -> UInt32 {
        guard let row = row(containing: scalar, in: keptCombiningClasses, width: 3) else { return 0 }
        return keptCombiningClasses[row + 2]
    }

    /// Leading consonant, vowel and, when there is one, trailing consonant of a Hangul syllable.
    ///
    /// The arithmetic is that of the Unicode Standard, section 3.12.
    private static func hangulDecomposition(_ scalar: UInt32) -> Decomposition {
        let (vowels, trails): (UInt32, UInt32) = (21, 28)
        let index = scalar - hangulSyllables.lowerBound
        let trail = index % trails
        return [
            0x1100 + index / (vowels * trails),
            0x1161 + index % (vowels * trails) / trails,
            trail == 0 ? 0 : 0x11A7 + trail,
        ]
    }

    /// Index of the first cell of the row whose range (cells 0 and 1) contains a scalar; rows are sorted and disjoint.
    private static func row<Cell: FixedWidthInteger>(
        containing scalar: UInt32,
        in table: [Cell],
        width: Int
    ) -> Int? {
        let scalar = Cell(truncatingIfNeeded: scalar)
        var low = 0
        var high = table.count / width
        while low < high {
            let middle = (low + high) / 2
            let row = middle * width
            if table[row + 1] < scalar {
                low = middle + 1
            } else if table[row] > scalar {
                high = middle
            } else {
                return row
            }
        }
        return nil
    }
}
