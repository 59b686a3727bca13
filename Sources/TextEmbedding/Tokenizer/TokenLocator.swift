/// Finds where in a text each token comes from, while the tokenizer goes through its words.
struct TokenLocator {
    /// Bytes before the text proper.
    private let prefix: Int
    /// Start, end and word of every token so far, without the opening mark.
    private var places: [(start: Int, end: Int, word: Int32)] = []
    private var words: Int32 = 0

    /// - Parameter prefix: How many bytes stand before the text.
    init(prefix: Int) { self.prefix = prefix }

    /// Adds the tokens of the unit the scanner has just passed.
    ///
    /// A piece covers the scalars its bytes were made from: dropped accents are in no piece, and the pieces of one
    /// decomposed letter all cover that letter.
    ///
    /// - Parameters:
    ///   - text: What is scanned, prefix included.
    ///   - lengths: Bytes of a piece of the vocabulary.
    mutating func locate(
        _ ids: ArraySlice<Int32>,
        of scanner: borrowing WordScanner,
        in text: Span<UInt8>,
        lengths: (Int32) -> Int,
        unknown: Int32
    ) {
        let firstPlace = places.count
        if scanner.word.isEmpty {
            // A special token written out: the scanner stands right behind it.
            places.append((scanner.position - (ids.first.map(lengths) ?? 0), scanner.position, 0))
        } else if ids.count == 1, ids.first == unknown {
            let last = scanner.word.lastOrigin
            places.append((scanner.word.origin(of: 0), last + Self.width(of: text[last]), 0))
        } else {
            var offset = 0
            for id in ids {
                let end = offset + lengths(id)
                var (first, last) = (Int.max, 0)
                for index in offset..<end {
                    first = min(first, scanner.word.origin(of: index))
                    last = max(last, scanner.word.origin(of: index))
                }
                places.append((first, last + Self.width(of: text[last]), 0))
                offset = end
            }
        }
        let isText = (places.last?.end ?? 0) > prefix
        for index in firstPlace..<places.count {
            places[index].start = max(0, places[index].start - prefix)
            places[index].end = max(0, places[index].end - prefix)
            places[index].word = isText ? words : EncodedToken.noWord
        }
        if isText { words += 1 }
    }

    /// The tokens of a finished sequence, with a mark at each end.
    func tokens(of ids: [Int32]) -> [EncodedToken] {
        ids.enumerated().map { index, id in
            guard index > 0, index < ids.count - 1 else {
                let place = index == 0 ? 0 : places.prefix(max(0, ids.count - 2)).last?.end ?? 0
                return EncodedToken(id: id, bytes: place..<place, word: EncodedToken.noWord)
            }
            let place = places[index - 1]
            return EncodedToken(id: id, bytes: place.start..<place.end, word: place.word)
        }
    }

    /// Bytes of the scalar that begins with a byte.
    private static func width(of first: UInt8) -> Int {
        first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    }
}
