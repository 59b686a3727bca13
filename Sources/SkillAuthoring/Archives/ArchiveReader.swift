import CArchive

/// Goes through an archive in memory, one file after the other.
///
/// Only ZIP and TAR, plain or with gzip, are understood: libarchive's readers of other formats are left out, so that a
/// stranger's bytes meet as little code as possible. Calls block, and must be made within `UTF8Names.scope`.
final class ArchiveReader {
    enum Kind: Sendable, Hashable {
        case file(isExecutable: Bool)
        case folder
        /// A link, a device or something else no skill may hold; the text says what.
        case other(String)
    }

    struct Header: Sendable, Hashable {
        /// The name as it is written.
        var name: [UInt8]
        var kind: Kind
    }

    private let archive: OpaquePointer
    private let bytes: UnsafeMutableRawBufferPointer

    init(_ content: [UInt8]) throws(AuthoringError) {
        guard let archive = archive_read_new() else {
            throw AuthoringError(.files, "there is no memory for an archive")
        }
        self.archive = archive
        bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, content.count), alignment: 1)
        bytes.copyBytes(from: content)
        archive_read_support_filter_gzip(archive)
        archive_read_support_format_zip(archive)
        archive_read_support_format_tar(archive)
        guard archive_read_open_memory(archive, bytes.baseAddress, content.count) == ARCHIVE_OK else { throw fault() }
    }

    deinit {
        archive_read_free(archive)
        bytes.deallocate()
    }

    /// The next entry; nil at the end.
    func next() throws(AuthoringError) -> Header? {
        var entry: OpaquePointer?
        let status = archive_read_next_header(archive, &entry)
        if status == ARCHIVE_EOF { return nil }
        // A warning is about the conversion of a name; the name is judged by its bytes.
        guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else { throw fault() }
        guard archive_entry_is_encrypted(entry) == 0 else {
            throw AuthoringError(.hostile, "the archive is encrypted", advice: "pack it without a password")
        }
        let name = archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry)
        return Header(name: name.map { Array(String.bytes(of: $0)) } ?? [], kind: Self.kind(of: entry))
    }

    /// A piece of the current file; nil at its end.
    func data() throws(AuthoringError) -> [UInt8]? {
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        let count = piece.withUnsafeMutableBytes { archive_read_data(archive, $0.baseAddress, $0.count) }
        guard count >= 0 else { throw fault() }
        return count == 0 ? nil : Array(piece.prefix(count))
    }

    private static func kind(of entry: OpaquePointer) -> Kind {
        if archive_entry_hardlink(entry) != nil { return .other("a hard link") }
        switch archive_entry_filetype(entry) {
        case skw_archive_file: return .file(isExecutable: archive_entry_perm(entry) & 0o100 != 0)
        case skw_archive_folder: return .folder
        default: return .other(archive_entry_symlink(entry) != nil ? "a symbolic link" : "a device or pipe")
        }
    }

    private func fault() -> AuthoringError {
        let reason = archive_error_string(archive).map { String(cString: $0) } ?? "it is damaged"
        return AuthoringError(.invalid, "the archive cannot be read: \(reason)")
    }
}

extension String {
    /// The bytes of a C string, whatever they are.
    fileprivate static func bytes(of text: UnsafePointer<CChar>) -> [UInt8] {
        var bytes: [UInt8] = []
        var position = text
        while position.pointee != 0 {
            bytes.append(UInt8(bitPattern: position.pointee))
            position += 1
        }
        return bytes
    }
}
