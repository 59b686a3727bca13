/// Cuts a text into normalised words, one at a time, as BERT's normaliser and pre-tokenizer do together.
///
/// Normalisation, splitting and the search for special tokens happen in one pass over the bytes, and nothing is read
/// before it is asked for: a caller that needs 256 tokens of a book pays for 256 tokens.
///
/// One pass is possible because nothing in this normalisation reaches across a word: decomposition and lower case work
/// on single scalars, and canonical ordering moves marks only within a run of marks, which no word boundary interrupts.
struct WordScanner: ~Copyable {
    enum Unit: Equatable {
        /// The word in the scanner's buffer.
        case word
        /// A special token written out in the text, such as `[SEP]`.
        case special(Int32)
    }

    private(set) var word = WordBuffer()
    /// Offset in bytes of what has not been read yet.
    private(set) var position = 0
    private let classes: ScalarClassTable
    private let specialTokens: [SpecialToken]
    private var stopsAtFirstScalar = false

    /// - Parameter specialTokens: The tokens recognised in the text itself, before any normalisation.
    init(classes: ScalarClassTable, specialTokens: [SpecialToken]) {
        self.classes = classes
        self.specialTokens = specialTokens
    }

    /// Advances to the next word or special token; `nil` at the end of the text.
    ///
    /// - Parameter text: Valid UTF-8, the same at every call.
    mutating func next(in text: Span<UInt8>) -> Unit? {
        word.removeAll()
        while position < text.count {
            let byte = text[position]
            if byte < 0x80 {
                let scalarClass = classes[UInt32(byte)]
                if scalarClass.isEmpty {
                    word.append(ascii: byte, from: position)
                    position += 1
                } else if scalarClass == .cased {
                    word.append(ascii: byte | 0x20, from: position)
                    position += 1
                } else if let unit = nextUnit(UInt32(byte), scalarClass, width: 1, in: text) {
                    return unit
                }
            } else {
                let (scalar, width) = Self.decodeScalar(at: position, in: text)
                if let unit = nextUnit(scalar, classes[scalar], width: width, in: text) {
                    return unit
                }
            }
            if stopsAtFirstScalar, !word.isEmpty { return .word }
        }
        return word.isEmpty ? nil : .word
    }

    /// Whether another unit follows; reads no further than its first scalar, and ends the scan.
    mutating func hasNext(in text: Span<UInt8>) -> Bool {
        stopsAtFirstScalar = true
        return next(in: text) != nil
    }

    /// Takes one scalar in; the unit that it completes or begins, if it does.
    private mutating func nextUnit(
        _ scalar: UInt32,
        _ scalarClass: ScalarClass,
        width: Int,
        in text: Span<UInt8>
    ) -> Unit? {
        if scalarClass.contains(.removed) {
            position += width
            return nil
        }
        if scalarClass.contains(.whitespace) {
            position += width
            return word.isEmpty ? nil : .word
        }
        guard scalarClass.contains(.isolated) else {
            append(scalar, scalarClass)
            position += width
            return nil
        }
        // The word before comes first; this scalar is read again by the next call.
        guard word.isEmpty else { return .word }
        if let special = specialTokens.first(where: { $0.occurs(at: position, in: text) }) {
            position += special.name.count
            return .special(special.id)
        }
        append(scalar, scalarClass)
        position += width
        return .word
    }

    /// Takes in the scalar at `position`.
    private mutating func append(_ scalar: UInt32, _ scalarClass: ScalarClass) {
        if scalarClass.contains(.decomposed) {
            let parts = UnicodeTables.decomposition(scalar)
            for index in parts.indices where parts[index] != 0 {
                appendFolded(parts[index], classes[parts[index]])
            }
        } else if scalarClass.contains(.accent) {
            if !scalarClass.contains(.reordered) { word.endReordering() }
        } else {
            appendFolded(scalar, scalarClass)
        }
    }

    private mutating func appendFolded(_ scalar: UInt32, _ scalarClass: ScalarClass) {
        if scalarClass.contains(.cased) {
            word.append(UnicodeTables.lowercase(scalar), from: position)
            if scalar == UnicodeTables.dottedCapitalI {
                word.append(UnicodeTables.combiningDotAbove, from: position)
            }
        } else if scalarClass.contains(.reordered) {
            word.appendReordered(scalar, from: position)
        } else {
            word.append(scalar, from: position)
        }
    }

    private static func decodeScalar(at position: Int, in text: Span<UInt8>) -> (scalar: UInt32, width: Int) {
        let first = UInt32(text[position])
        let second = UInt32(text[position + 1] & 0x3F)
        if first < 0xE0 { return ((first & 0x1F) << 6 | second, 2) }
        let third = UInt32(text[position + 2] & 0x3F)
        if first < 0xF0 { return ((first & 0x0F) << 12 | second << 6 | third, 3) }
        let fourth = UInt32(text[position + 3] & 0x3F)
        return ((first & 0x07) << 18 | second << 12 | third << 6 | fourth, 4)
    }
}
