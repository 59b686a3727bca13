import Glibc

/// The record file of a run in progress: only ever appended to, so that an interrupted run goes on where it stopped.
///
/// Each record is one write that ends with a line feed. A killed process loses at most the record it was writing; one
/// process at a time may have the file open.
package actor RecordLog {
    package nonisolated let file: String
    private let descriptor: Int32
    private var finished: [String: QueryRecord]
    /// Bytes of the whole lines in the file.
    private var length: Int

    /// Opens or creates the file of a run with this configuration.
    ///
    /// A half-written last line is cut off.
    /// - Throws: `DataFault` of kind `conflict` where the file belongs to a run with another configuration, or where
    ///   another process has it open.
    package init(file: String, configuration: RunConfiguration) throws(DataFault) {
        let descriptor = open(file, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0o644)
        guard descriptor >= 0 else { throw DataFile.fault(file, "cannot be opened for writing") }
        do throws(DataFault) {
            (finished, length) = try Self.resume(descriptor, file: file, configuration: configuration)
        } catch {
            close(descriptor)
            throw error
        }
        self.file = file
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Requests done so far, by id.
    package var records: [String: QueryRecord] { finished }

    /// Adds the record of a request that was not done yet.
    package func append(_ record: QueryRecord) throws(DataFault) {
        guard finished[record.id] == nil else {
            throw DataFault(.conflict, file: file, "already holds the record of \"\(record.id)\"")
        }
        let line = Array((record.line + "\n").utf8)
        do throws(DataFault) {
            try DataFile.write(line, to: descriptor, path: file)
        } catch {
            // On a full disk a part may have been written; the next line must not continue it.
            _ = ftruncate(descriptor, off_t(length))
            throw error
        }
        length += line.count
        finished[record.id] = record
    }

    private static func resume(
        _ descriptor: Int32,
        file: String,
        configuration: RunConfiguration
    ) throws(DataFault) -> (records: [String: QueryRecord], length: Int) {
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw DataFault(.conflict, file: file, "is being written by another run; wait for it to end")
        }
        let bytes = try DataFile.contents(of: descriptor, path: file)
        let content = try RecordFile(bytes: bytes, file: file)
        if let content, content.configuration != configuration {
            let names = content.configuration.differences(from: configuration).joined(separator: ", ")
            throw DataFault(
                .conflict,
                file: file,
                "belongs to a run with another configuration (different: \(names)); move it away or name another file"
            )
        }
        guard ftruncate(descriptor, off_t(content?.validLength ?? 0)) == 0 else {
            throw DataFile.fault(file, "cannot be shortened")
        }
        guard let content else {
            let header = Array(RecordFile.header(configuration).utf8)
            try DataFile.write(header, to: descriptor, path: file)
            return ([:], header.count)
        }
        return (Dictionary(content.records.map { ($0.id, $0) }) { first, _ in first }, content.validLength)
    }
}
