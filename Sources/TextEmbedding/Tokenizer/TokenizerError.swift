/// A vocabulary that cannot be used, and what to do about it.
package struct TokenizerError: Error, Sendable, Hashable {
    package enum Reason: Sendable, Hashable {
        /// The file is missing or cannot be read; with the system's words.
        case unreadable(String)
        /// The path names a folder, a device or a pipe.
        case notAFile
        /// The file is larger than any vocabulary, in bytes.
        case tooLarge(byteCount: Int, limit: Int)
        case empty
        /// The contents are not UTF-8.
        case notUTF8
        /// A token that BERT-family encoders need has no line.
        case missingSpecialToken(String)
    }

    package let reason: Reason

    /// Path of the vocabulary file; `nil` for a vocabulary that was given as bytes.
    package let path: String?

    package init(_ reason: Reason, path: String? = nil) {
        self.reason = reason
        self.path = path
    }
}

extension TokenizerError: CustomStringConvertible {
    package var description: String {
        let vocabulary = path.map { "vocabulary \"\($0)\"" } ?? "vocabulary"
        switch reason {
        case .unreadable(let problem):
            return "Cannot read the \(vocabulary): \(problem). "
                + "Check the path; it should name the vocab.txt of the encoder's folder."
        case .notAFile:
            return "The \(vocabulary) is not a regular file. Give the path of the encoder's vocab.txt itself."
        case .tooLarge(let byteCount, let limit):
            return "The \(vocabulary) has \(byteCount) bytes, more than the \(limit) a vocabulary may have. "
                + "Check that the path names a vocab.txt, with one word piece a line."
        case .empty:
            return "The \(vocabulary) is empty. Download or convert the encoder again."
        case .notUTF8:
            return "The \(vocabulary) is not UTF-8 text. Check that it is a vocab.txt, or download the encoder again."
        case .missingSpecialToken(let name):
            return "The \(vocabulary) has no line \"\(name)\". "
                + "Use the vocab.txt of a BERT-family encoder; other vocabularies are not supported."
        }
    }
}
