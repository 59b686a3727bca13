import JSONSchema
import Storage

/// A file with one skill a line, as JSON: `{"id", "name", "description", "category", "tags", "url"}`.
///
/// A record may have typed `inputs` and `outputs`; it is then a skill with one tool. Blank lines are passed over, broken
/// ones reported. The file is read in pieces, so its size does not matter.
public struct JSONLinesFile: SkillSource {
    /// Longest line that is read, in bytes.
    public static let maximumLineBytes = 4 << 20

    public let name: String
    public let location: String

    /// - Parameters:
    ///   - path: The file, absolute or relative to the working directory.
    ///   - name: Short name of the source; the stem of the file unless given.
    public init(path: String, name: String? = nil) {
        let file = FilePath.absolute(path)
        location = file.text
        self.name = SkillSources.name(name, or: file.stem)
    }

    public nonisolated(nonsending) func read(_ receive: (SourceRecord) async throws -> Void) async throws {
        try await lines { line, number in
            for record in records(line, number: number) { try await receive(record) }
        }
    }

    /// Passes over the lines whose bytes are as they were, wherever they stand now.
    public nonisolated(nonsending) func read(
        since known: KnownRecords,
        _ receive: (SourceDelivery) async throws -> Void
    ) async throws {
        var known = known
        try await lines { line, number in
            var stamp: RecordStamp?
            if case .text(let bytes) = line {
                let current = RecordStamp(of: ContentHash(of: bytes))
                if let record = known.claim(current, line: number) { return try await receive(.unchanged(record)) }
                stamp = current
            }
            let records = records(line, number: number)
            for record in records { try await receive(.record(record, stamp: records.count == 1 ? stamp : nil)) }
        }
    }

    public func changes(_ pace: WatchPace) -> AsyncStream<SourceChange> {
        FileWatch(path: location, pace: pace).changes()
    }

    /// Hands over each line that is not blank.
    private nonisolated(nonsending) func lines(
        _ receive: (LineReader.Line, _ number: Int) async throws -> Void
    ) async throws {
        var isEmpty = true
        do {
            var lines = LineReader(try RegularFile.open(location), limit: Self.maximumLineBytes)
            while let line = try lines.next() {
                try Task.checkCancellation()
                if case .text(let bytes) = line, bytes.allSatisfy(Self.isWhitespace) { continue }
                isEmpty = false
                try await receive(line, lines.lineNumber)
            }
            try lines.checkNotCut()
        } catch let fault as FileFault {
            throw fault.asSourceError
        }
        guard !isEmpty else { throw SkillSourceError(.empty, location: location, "holds no records") }
    }

    private func records(_ line: LineReader.Line, number: Int) -> [SourceRecord] {
        var record = JSONLinesRecord(source: name, file: location, line: number)
        var skill: SourceRecord?
        do throws(Rejection) {
            skill = .skill(try record.skill(from: line))
        } catch {
            record.diagnostics.append(error.diagnostic)
        }
        return record.diagnostics.map(SourceRecord.diagnostic) + [skill].compactMap(\.self)
    }

    private static func isWhitespace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
