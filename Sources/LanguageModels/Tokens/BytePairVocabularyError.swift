/// A vocabulary file that cannot be used, and what to do about it.
package struct BytePairVocabularyError: Error, Sendable, Hashable {
    package enum Reason: Sendable, Hashable {
        /// The file is missing or cannot be read; with the system's words.
        case unreadable(String)
        /// The path names a folder, a device or a pipe.
        case notAFile
        /// The file is larger than any vocabulary, in bytes.
        case tooLarge(byteCount: Int, limit: Int)
        /// The vocabulary has more tokens than are read.
        case tooManyTokens(limit: Int)
        /// A line, counted from 1, is not a token in base64, a space and a rank.
        case malformedLine(Int)
        /// A token is longer than any vocabulary has, in bytes.
        case tokenTooLong(line: Int, limit: Int)
        /// The ranks do not count up from 0.
        case unexpectedRank(line: Int)
        /// A token stands on two lines.
        case duplicateToken(line: Int)
        /// A byte has no token of its own, so that not every text can be split.
        case missingByte(UInt8)
    }

    package let reason: Reason
    /// Path of the file; nil for a vocabulary that was given as bytes.
    package let path: String?

    package init(_ reason: Reason, path: String? = nil) {
        self.reason = reason
        self.path = path
    }
}

extension BytePairVocabularyError: CustomStringConvertible {
    package var description: String {
        let vocabulary = path.map { "vocabulary \"\($0)\"" } ?? "vocabulary"
        switch reason {
        case .unreadable(let problem):
            return "cannot read the \(vocabulary): \(problem); run 'make setup' in the checkout to install it"
        case .notAFile:
            return "the \(vocabulary) is not a regular file; give the path of the .tiktoken file itself"
        case .tooLarge(let byteCount, let limit):
            return "the \(vocabulary) has \(byteCount) bytes, the limit is \(limit); is it a .tiktoken file?"
        case .tooManyTokens(let limit):
            return "the \(vocabulary) has more than \(limit) tokens; is it a .tiktoken file?"
        case .malformedLine(let line):
            return "line \(line) of the \(vocabulary) is not a token in base64, a space and a rank"
        case .tokenTooLong(let line, let limit):
            return "the token on line \(line) of the \(vocabulary) is longer than \(limit) bytes"
        case .unexpectedRank(let line):
            return "line \(line) of the \(vocabulary) breaks the order: ranks must count up from 0"
        case .duplicateToken(let line):
            return "the token on line \(line) of the \(vocabulary) stands on an earlier line too"
        case .missingByte(let byte):
            return "the \(vocabulary) has no token for byte \(byte); a byte-level vocabulary has one for each"
        }
    }
}
