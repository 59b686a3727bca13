/// Turns the bytes of a file into text, or says why they are none.
enum TextDecoding {
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The text of a UTF-8 file without its byte order mark.
    static func decode(_ bytes: [UInt8], file: String) throws(Rejection) -> String {
        guard !bytes.contains(0) else {
            throw Rejection(.binaryFile, "it holds zero bytes, so it is not text in UTF-8", file: file)
        }
        let content = bytes.starts(with: byteOrderMark) ? bytes[3...] : bytes[...]
        guard let text = String(validating: content, as: UTF8.self) else {
            throw Rejection(
                .invalidUTF8,
                "it is not valid UTF-8; save it in that encoding",
                file: file,
                line: lineOfFirstFault(content)
            )
        }
        return text
    }

    /// A line feed never stands inside a multi-byte character, so lines can be judged one by one.
    private static func lineOfFirstFault(_ bytes: ArraySlice<UInt8>) -> Int? {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }.map { $0 + 1 }
    }
}
