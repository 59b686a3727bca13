import Glibc

/// Takes one entry of an archive after the other, and refuses the archive at the first that is not plain.
struct Unpacking {
    let folder: String
    let archiveBytes: Int
    let limits: ContentLimits
    private var names: Set<EntryPath> = []
    private var count = 0
    private var bytes = 0

    init(folder: String, archiveBytes: Int, limits: ContentLimits) {
        self.folder = folder
        self.archiveBytes = archiveBytes
        self.limits = limits
    }

    var hasFiles: Bool { !names.isEmpty }

    mutating func take(
        _ header: ArchiveReader.Header,
        _ data: () throws(AuthoringError) -> [UInt8]?
    ) throws(AuthoringError) {
        count += 1
        guard count <= limits.entries else {
            throw AuthoringError(.tooLarge, "the archive holds more than \(limits.entries) files")
        }
        // `./`, the folder that was packed.
        if header.kind == .folder, header.name.allSatisfy({ $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") }),
            !header.name.starts(with: "..".utf8), header.name.first != UInt8(ascii: "/")
        {
            return
        }
        let path: EntryPath
        do throws(PathFault) {
            path = try EntryPath(untrusted: header.name, depth: limits.depth)
        } catch {
            throw refusal(header.name, error.problem)
        }
        switch header.kind {
        case .other(let what): throw refusal(header.name, "is \(what), which no skill may hold")
        case .folder: try makeFolder(path.parts)
        case .file(let isExecutable):
            guard names.insert(path).inserted else { throw refusal(header.name, "is in it twice") }
            try makeFolder(path.parts.dropLast())
            try write(path, isExecutable: isExecutable, data)
        }
    }

    private func makeFolder(_ parts: [String]) throws(AuthoringError) {
        var place = folder
        for part in parts {
            place += "/" + part
            guard mkdir(place, 0o755) == 0 || errno == EEXIST else { throw fault(place) }
        }
    }

    private mutating func write(
        _ path: EntryPath,
        isExecutable: Bool,
        _ data: () throws(AuthoringError) -> [UInt8]?
    ) throws(AuthoringError) {
        let place = "\(folder)/\(path.text)"
        let descriptor = open(place, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, isExecutable ? 0o755 : 0o644)
        guard descriptor >= 0 else { throw fault(place) }
        defer { close(descriptor) }
        var size = 0
        while let piece = try data() {
            size += piece.count
            bytes += piece.count
            try checkSize(of: path, size)
            guard FileWriting.write(piece, to: descriptor) else { throw fault(place) }
        }
    }

    private func checkSize(of path: EntryPath, _ size: Int) throws(AuthoringError) {
        let name = Array(path.text.utf8)
        if size > limits.fileBytes { throw refusal(name, "is larger than \(ContentLimits.text(limits.fileBytes))") }
        if bytes > limits.totalBytes {
            throw refusal(name, "makes the content larger than \(ContentLimits.text(limits.totalBytes))")
        }
        if bytes > 1 << 20, bytes > archiveBytes * limits.ratio {
            throw refusal(name, "makes the content more than \(limits.ratio) times as large as the archive")
        }
    }

    private func refusal(_ name: [UInt8], _ problem: String) -> AuthoringError {
        let plain = name.prefix(200).map { $0 >= 32 && $0 != 127 ? $0 : UInt8(ascii: "?") }
        let shown = String(decoding: plain, as: UTF8.self)
        return AuthoringError(.hostile, "the archive is refused: \"\(shown)\" \(problem)")
    }

    private func fault(_ place: String) -> AuthoringError {
        AuthoringError(.files, "\(place) cannot be written: \(String(cString: strerror(errno)))")
    }
}

/// Writes whole buffers.
enum FileWriting {
    /// False where the system says no; `errno` tells why.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
                return Glibc.write(descriptor, rest.baseAddress, rest.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            written += count
        }
        return true
    }
}
