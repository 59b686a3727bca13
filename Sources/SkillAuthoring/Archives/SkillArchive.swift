import Glibc
import Storage

/// Packs skill folders into archives and unpacks strangers' archives; on a thread of its own.
package actor SkillArchive {
    private let executor = BlockingExecutor(label: "skillweaver.archives")
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    package init() {}

    /// An archive of a folder's distributable content, under one folder of that name.
    ///
    /// The same content gives the same bytes.
    package func pack(
        _ contents: FolderContents,
        as name: String,
        format: ArchiveFormat,
        limits: ContentLimits = ContentLimits()
    ) throws(AuthoringError) -> [UInt8] {
        try UTF8Names.scope { () throws(AuthoringError) in
            let writer = try ArchiveWriter(format)
            for entry in contents.entries {
                guard case .file(_, let isExecutable) = entry.kind else { continue }
                let bytes = try contents.bytes(of: entry, limits: limits)
                try writer.add("\(name)/\(entry.path.text)", isExecutable: isExecutable, bytes)
            }
            return try writer.finish()
        }
    }

    /// Unpacks an archive into an empty folder that nobody else can write to.
    ///
    /// Refused as a whole, with the reason: absolute names and names that lead out, links, devices, names given twice, and
    /// more than the limits allow. Only regular files and folders are ever made, so nothing in the folder leads out of it.
    package func unpack(
        _ bytes: [UInt8],
        into folder: String,
        limits: ContentLimits = ContentLimits()
    ) throws(AuthoringError) {
        guard bytes.count <= limits.archiveBytes else {
            throw AuthoringError(.tooLarge, "the archive is larger than \(ContentLimits.text(limits.archiveBytes))")
        }
        try UTF8Names.scope { () throws(AuthoringError) in
            let reader = try ArchiveReader(bytes)
            var unpacking = Unpacking(folder: folder, archiveBytes: bytes.count, limits: limits)
            while let header = try reader.next() {
                try unpacking.take(header) { () throws(AuthoringError) in try reader.data() }
            }
            guard unpacking.hasFiles else { throw AuthoringError(.invalid, "the archive is empty or damaged") }
        }
    }
}

/// Makes libarchive take names for UTF-8, whatever the locale of the process is.
enum UTF8Names {
    /// Runs a piece of work with a locale of its own for this thread.
    static func scope<Value>(_ body: () throws(AuthoringError) -> Value) throws(AuthoringError) -> Value {
        let locale = newlocale(1 << LC_CTYPE, "C.UTF-8", nil)
        let previous = uselocale(locale)
        defer {
            uselocale(previous)
            if let locale { freelocale(locale) }
        }
        return try body()
    }
}

extension SkillArchive {
    /// Writes an archive in one step, readable by everyone.
    package static func write(_ bytes: [UInt8], to file: String) throws(AuthoringError) {
        try JSONFile.write(bytes, to: file, mode: 0o644)
    }
}
