import Glibc

extension BytePairVocabulary {
    /// Bounds on what is read; the largest vocabularies in use have a quarter of each.
    enum Limits {
        static let bytes = 64 << 20
        static let tokens = 1 << 20
        static let tokenBytes = 1024
    }

    /// Reads a vocabulary in tiktoken's form: a token in base64, a space and its rank on each line.
    init(file path: String) throws(BytePairVocabularyError) {
        let contents = try Self.contents(of: path)
        do {
            try self.init(contents: contents)
        } catch {
            throw BytePairVocabularyError(error.reason, path: path)
        }
    }

    /// Takes the contents of such a file.
    init(contents: [UInt8]) throws(BytePairVocabularyError) {
        let text = contents.span
        self.init(capacity: min(Self.lineCount(text), Limits.tokens))
        var reader = VocabularyLineReader()
        while try reader.readLine(in: text) {
            let line = reader.line
            guard reader.token.count <= Limits.tokenBytes else {
                throw BytePairVocabularyError(.tokenTooLong(line: line, limit: Limits.tokenBytes))
            }
            guard count < Limits.tokens else { throw BytePairVocabularyError(.tooManyTokens(limit: Limits.tokens)) }
            guard reader.rank == count else { throw BytePairVocabularyError(.unexpectedRank(line: line)) }
            guard append(reader.token) else { throw BytePairVocabularyError(.duplicateToken(line: line)) }
        }
        for byte in UInt8.min...UInt8.max where rank(in: [byte].span, 0..<1) == Self.noRank {
            throw BytePairVocabularyError(.missingByte(byte))
        }
    }

    private static func lineCount(_ text: Span<UInt8>) -> Int {
        var count = 1
        for index in text.indices where text[index] == UInt8(ascii: "\n") { count += 1 }
        return count
    }

    private static func contents(of path: String) throws(BytePairVocabularyError) -> [UInt8] {
        // Without blocking, so that a pipe is refused and not waited for.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw systemError(path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw systemError(path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw BytePairVocabularyError(.notAFile, path: path) }
        let size = Int(status.st_size)
        guard size <= Limits.bytes else {
            throw BytePairVocabularyError(.tooLarge(byteCount: size, limit: Limits.bytes), path: path)
        }
        var failure: Int32 = 0
        let contents = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let received = read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
                if received < 0, errno == EINTR { continue }
                if received < 0 { failure = errno }
                if received <= 0 { return }
                count += received
            }
        }
        if failure != 0 { throw systemError(path, failure) }
        return contents
    }

    private static func systemError(_ path: String, _ code: Int32 = errno) -> BytePairVocabularyError {
        BytePairVocabularyError(.unreadable(String(cString: strerror(code))), path: path)
    }
}
