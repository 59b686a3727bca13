import JSONSchema

/// A file with one JSON object a line.
struct JSONLines: Sendable {
    /// The objects in the order of the file; blank lines are passed over.
    let records: [RecordFields]
    /// Changes whenever a byte of the file does.
    let fingerprint: Fingerprint

    /// Reads the whole file; the first line that is no JSON object stops it.
    init(file: String) throws(DataFault) {
        let bytes = try DataFile.read(file)
        fingerprint = Fingerprint(of: bytes)
        var records: [RecordFields] = []
        var number = 0
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
            records.append(try Self.record(line, file: file, line: number))
        }
        self.records = records
    }

    /// The object that one line holds.
    static func record(_ bytes: ArraySlice<UInt8>, file: String, line: Int) throws(DataFault) -> RecordFields {
        let value: JSONValue
        do {
            value = try JSONParser.parse(utf8: Array(bytes))
        } catch {
            throw DataFault(
                .malformed,
                file: file,
                line: line,
                "invalid JSON at column \(error.column): \(error.reason); correct the line"
            )
        }
        guard let object = value.objectValue else {
            throw DataFault(
                .malformed,
                file: file,
                line: line,
                "a JSON object is expected, not a value of type \(value.typeName)"
            )
        }
        return RecordFields(object, file: file, line: line)
    }
}
