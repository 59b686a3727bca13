import JSONSchema

/// The content of a record file: the configuration of its run, and the requests that are done.
///
/// The first line is `{"format","version","configuration_hash","configuration"}`, each further line one record. A last
/// line without its line feed was being written when the run ended; it is not part of the content.
package struct RecordFile: Sendable {
    static let format = "skillweaver-records"
    static let version = 1

    package let configuration: RunConfiguration
    /// In the order they were finished.
    package let records: [QueryRecord]
    /// Bytes up to the end of the last whole line.
    let validLength: Int

    /// Reads a file that some run has written, or is writing.
    package init(file: String) throws(DataFault) {
        guard let content = try RecordFile(bytes: DataFile.read(file), file: file) else {
            throw DataFault(.malformed, file: file, "holds no whole line; the run ended before its first request")
        }
        self = content
    }

    /// Nil where not even the first line is whole.
    init?(bytes: [UInt8], file: String) throws(DataFault) {
        let lineFeed = UInt8(ascii: "\n")
        guard let end = bytes.lastIndex(of: lineFeed) else { return nil }
        let lines = bytes[..<end].split(separator: lineFeed, omittingEmptySubsequences: false)
        var configuration: RunConfiguration?
        var records: [QueryRecord] = []
        var seen: Set<String> = []
        for (index, line) in lines.enumerated() {
            let fields = try JSONLines.record(line, file: file, line: index + 1)
            if index == 0 {
                configuration = try Self.header(fields)
                continue
            }
            let record = try QueryRecord(fields)
            guard seen.insert(record.id).inserted else {
                throw DataFault(.malformed, file: file, line: index + 1, "a second record of \"\(record.id)\"")
            }
            records.append(record)
        }
        guard let configuration else { return nil }
        self.configuration = configuration
        self.records = records
        validLength = end + 1
    }

    /// The first line of a file, with its line feed.
    static func header(_ configuration: RunConfiguration) -> String {
        let object: JSONValue = [
            "format": .string(format), "version": JSONValue(version),
            "configuration_hash": .string(configuration.hash.description),
            "configuration": .object(configuration.members),
        ]
        return object.serialized() + "\n"
    }

    private static func header(_ fields: RecordFields) throws(DataFault) -> RunConfiguration {
        guard fields.object["format"]?.stringValue == format else {
            throw fields.fault("format", mustBe: "\"\(format)\"")
        }
        guard try fields.count("version") == version else {
            throw fields.fault("version", mustBe: "\(version), the version this program reads")
        }
        return RunConfiguration(try fields.fields("configuration").object)
    }
}
