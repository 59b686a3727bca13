import CArchive

/// Puts files into an archive whose bytes depend on nothing but the files.
///
/// No times, owners or names of a machine go in; rights are 0644, or 0755 for what may be executed. Calls block, and must
/// be made within `UTF8Names.scope`.
final class ArchiveWriter {
    private let archive: OpaquePointer
    private let entry: OpaquePointer
    private let buffer = OutputBuffer()

    init(_ format: ArchiveFormat) throws(AuthoringError) {
        guard let archive = archive_write_new(), let entry = archive_entry_new2(archive) else {
            throw AuthoringError(.files, "there is no memory for an archive")
        }
        self.archive = archive
        self.entry = entry
        switch format {
        case .tarGzip:
            archive_write_set_format_pax_restricted(archive)
            archive_write_add_filter_gzip(archive)
            archive_write_set_filter_option(archive, "gzip", "timestamp", nil)
            archive_write_set_filter_option(archive, "gzip", "compression-level", "9")
        case .zip:
            archive_write_set_format_zip(archive)
            archive_write_set_format_option(archive, "zip", "compression-level", "9")
        }
        archive_write_set_bytes_in_last_block(archive, 1)
        let context = Unmanaged.passUnretained(buffer).toOpaque()
        guard archive_write_open(archive, context, nil, collectArchiveBytes, nil) == ARCHIVE_OK else { throw fault() }
    }

    deinit {
        archive_entry_free(entry)
        archive_write_free(archive)
    }

    func add(_ path: String, isExecutable: Bool, _ content: [UInt8]) throws(AuthoringError) {
        archive_entry_clear(entry)
        archive_entry_set_pathname(entry, path)
        archive_entry_set_filetype(entry, skw_archive_file)
        archive_entry_set_perm(entry, isExecutable ? 0o755 : 0o644)
        archive_entry_set_size(entry, Int64(content.count))
        guard archive_write_header(archive, entry) >= ARCHIVE_WARN else { throw fault() }
        let written = content.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
        guard written == content.count else { throw fault() }
    }

    /// Ends the archive; its bytes.
    func finish() throws(AuthoringError) -> [UInt8] {
        guard archive_write_close(archive) == ARCHIVE_OK else { throw fault() }
        return buffer.bytes
    }

    private func fault() -> AuthoringError {
        let reason = archive_error_string(archive).map { String(cString: $0) } ?? "an unknown fault"
        return AuthoringError(.files, "the archive cannot be written: \(reason)")
    }
}

/// Where libarchive's output goes.
private final class OutputBuffer {
    var bytes: [UInt8] = []
}

/// Called by libarchive on the thread that writes.
private func collectArchiveBytes(
    archive: OpaquePointer?,
    context: UnsafeMutableRawPointer?,
    bytes: UnsafeRawPointer?,
    count: Int
) -> Int {
    guard let context, let bytes else { return -1 }
    Unmanaged<OutputBuffer>.fromOpaque(context).takeUnretainedValue().bytes
        .append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
    return count
}
