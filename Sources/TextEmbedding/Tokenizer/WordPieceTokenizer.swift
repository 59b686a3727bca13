/// Splits text into the word pieces of a BERT vocabulary.
///
/// The ids equal those of Hugging Face `tokenizers` with the same vocabulary: BERT's normaliser (control characters
/// removed, accents stripped, lower case), its pre-tokenizer (white space and punctuation) and WordPiece with words of
/// at most 100 scalars. Special tokens written out in the text are recognised as the reference recognises them.
package struct WordPieceTokenizer: Sendable {
    /// Id of `[CLS]`, which opens every sequence.
    package let classificationToken: Int32
    /// Id of `[SEP]`, which closes every sequence.
    package let separatorToken: Int32
    /// Id of `[PAD]`, which fills the rows of a batch up to equal length.
    package let paddingToken: Int32
    /// Id of `[UNK]`, which stands for a word the vocabulary cannot spell.
    package let unknownToken: Int32

    private let vocabulary: Vocabulary
    private let classes: ScalarClassTable
    private let specialTokens: [SpecialToken]

    /// Reads the vocabulary of an encoder's folder.
    ///
    /// - Parameters:
    ///   - path: A vocab.txt: UTF-8, one piece a line.
    ///   - lowercase: `do_lower_case` of the encoder's tokenizer_config.json.
    ///   - stripAccents: `strip_accents` there; `nil` does as `lowercase` does.
    ///   - splitChinese: `tokenize_chinese_chars` there.
    package init(
        vocabularyFile path: String,
        lowercase: Bool = true,
        stripAccents: Bool? = nil,
        splitChinese: Bool = true
    ) throws(TokenizerError) {
        let contents = try VocabularyFile.read(path)
        do {
            try self.init(
                vocabulary: contents,
                lowercase: lowercase,
                stripAccents: stripAccents,
                splitChinese: splitChinese
            )
        } catch {
            throw TokenizerError(error.reason, path: path)
        }
    }

    /// Takes the contents of a vocab.txt; the options are those of the encoder's tokenizer_config.json.
    package init(
        vocabulary contents: [UInt8],
        lowercase: Bool = true,
        stripAccents: Bool? = nil,
        splitChinese: Bool = true
    ) throws(TokenizerError) {
        let vocabulary = try Vocabulary(contents)
        func id(of role: SpecialToken.Role) throws(TokenizerError) -> Int32 {
            guard let id = vocabulary.id(of: role.rawValue) else {
                throw TokenizerError(.missingSpecialToken(role.rawValue))
            }
            return id
        }
        classificationToken = try id(of: .classification)
        separatorToken = try id(of: .separator)
        paddingToken = try id(of: .padding)
        unknownToken = try id(of: .unknown)
        // Whatever of BERT's special tokens the vocabulary has is recognised; only training needs a mask.
        specialTokens = SpecialToken.Role.allCases.compactMap { role in
            vocabulary.id(of: role.rawValue).map { SpecialToken(role, id: $0) }
        }
        classes = ScalarClassTable(
            TextNormalization(
                lowercase: lowercase,
                stripAccents: stripAccents ?? lowercase,
                splitChinese: splitChinese
            )
        )
        self.vocabulary = vocabulary
    }

    /// Number of pieces in the vocabulary; every id is below it.
    package var vocabularySize: Int { vocabulary.count }

    /// Token ids of a text, between the classification token and the separator.
    ///
    /// Work stops at the limit: a long text is not read to its end, but only up to the first scalar of the first token
    /// that is left out.
    ///
    /// - Parameter limit: The largest number of ids in all; a limit below two counts as two.
    package func encode(_ text: String, limit: Int) -> TokenSequence {
        var ids: [Int32] = []
        let isTruncated = scan(text, limit: limit, ids: &ids) { _, _ in }
        return TokenSequence(ids: ids, isTruncated: isTruncated)
    }

    /// The tokens of a text with their places in it: the ids that `encode` gives.
    ///
    /// - Parameter prefix: What stands before the text; its tokens belong to no word of the text.
    package func tokens(of text: String, after prefix: String = "", limit: Int) -> [EncodedToken] {
        let whole = prefix.isEmpty ? text : prefix + text
        let bytes = whole.utf8Span.span
        var locator = TokenLocator(prefix: prefix.utf8.count)
        var ids: [Int32] = []
        _ = scan(whole, limit: limit, ids: &ids) { scanner, ids in
            locator.locate(ids, of: scanner, in: bytes, lengths: vocabulary.length(of:), unknown: unknownToken)
        }
        return locator.tokens(of: ids)
    }

    /// Appends the ids of a text, marks included; returns whether tokens were left out.
    ///
    /// - Parameter visit: Sees the scanner after each word or special token, and the ids that it got.
    private func scan(
        _ text: String,
        limit: Int,
        ids: inout [Int32],
        visit: (borrowing WordScanner, ArraySlice<Int32>) -> Void
    ) -> Bool {
        let bytes = text.utf8Span.span
        // The separator takes the last place.
        let end = max(limit, 2) - 1
        var scanner = WordScanner(classes: classes, specialTokens: specialTokens)
        ids.reserveCapacity(min(max(limit, 2), bytes.count + 2, 512))
        ids.append(classificationToken)
        var isTruncated = false
        while true {
            if ids.count >= end {
                isTruncated = ids.count > end || scanner.hasNext(in: bytes)
                break
            }
            guard let unit = scanner.next(in: bytes) else { break }
            let first = ids.count
            switch unit {
            case .word: vocabulary.appendPieces(of: scanner.word, unknown: unknownToken, to: &ids)
            case .special(let id): ids.append(id)
            }
            visit(scanner, ids[first...])
        }
        if ids.count > end { ids.removeSubrange(end...) }
        ids.append(separatorToken)
        return isTruncated
    }

    /// The piece with an id as the vocabulary writes it, `##` included; `nil` when there is no such id.
    package func piece(of id: Int32) -> String? {
        vocabulary.piece(of: id)
    }

    /// Whether a token continues the word of the token before it.
    ///
    /// The id alone decides: pieces that continue a word and pieces that begin one have different ids.
    package func continuesWord(_ id: Int32) -> Bool {
        vocabulary.isContinuation(id)
    }

    /// The normalised words of a text, before they are cut into pieces; special tokens are left out, and overlong words
    /// end at the limit of the buffer.
    func words(in text: String) -> [String] {
        let bytes = text.utf8Span.span
        var scanner = WordScanner(classes: classes, specialTokens: specialTokens)
        var words: [String] = []
        while let unit = scanner.next(in: bytes) {
            if unit == .word { words.append(scanner.word.text) }
        }
        return words
    }
}
