/// The functions that a Python file defines at its top level.
///
/// Finds `def name(` and `async def name(` at the start of a line; nothing is run or parsed further.
struct PythonFunctions: Sendable, Hashable {
    static let fileName = "tools.py"
    /// Largest file that is read, in bytes.
    static let maximumBytes = 4 << 20

    var names: Set<String>

    /// Reads a file. Throws the diagnostic when it cannot be read.
    init(path: String) throws(Rejection) {
        let bytes: [UInt8]
        do throws(FileFault) {
            bytes = try RegularFile.contents(of: path, limit: Self.maximumBytes)
        } catch {
            throw Rejection(error)
        }
        self.init(source: try TextDecoding.decode(bytes, file: path))
    }

    init(source: String) {
        names = Set(TextLines(source).compactMap { Self.definedName($0.content) })
    }

    private static func definedName(_ line: Substring) -> String? {
        var rest = line
        if take("async", from: &rest), !skipSpaces(&rest) { return nil }
        guard take("def", from: &rest), skipSpaces(&rest) else { return nil }
        let name = rest.unicodeScalars.prefix {
            $0 == "_" || $0.properties.isAlphabetic || $0.properties.numericType != nil
        }
        rest = rest[name.endIndex...]
        _ = skipSpaces(&rest)
        guard !name.isEmpty, rest.utf8.first == UInt8(ascii: "(") || rest.utf8.first == UInt8(ascii: "[") else {
            return nil
        }
        return String(name)
    }

    private static func take(_ word: String, from text: inout Substring) -> Bool {
        guard text.utf8.starts(with: word.utf8) else { return false }
        text = text[text.utf8.index(text.startIndex, offsetBy: word.utf8.count)...]
        return true
    }

    /// Whether there was any space.
    private static func skipSpaces(_ text: inout Substring) -> Bool {
        let spaces = text.utf8.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        text = text[spaces.endIndex...]
        return !spaces.isEmpty
    }
}
