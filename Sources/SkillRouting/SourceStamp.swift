import Glibc
import Storage

/// A cheap sign that nothing in a folder of skills changed: names, sizes and times of the files that define skills.
///
/// It saves a cold start from reading every skill; when in doubt it differs, and the content hashes decide.
enum SourceStamp {
    private static let definingFiles: Set<String> = ["SKILL.md", "schema.json", "tools.py"]
    private static let maximumDepth = 4

    static func compute(folder: String, model fingerprint: String) -> String {
        var lines = [folder, fingerprint]
        collect(folder, depth: 0, into: &lines)
        return ContentHash(of: lines.joined(separator: "\n")).hexadecimal
    }

    private static func collect(_ folder: String, depth: Int, into lines: inout [String]) {
        for name in FileSystem.contents(of: folder) where !name.hasPrefix(".") {
            let path = "\(folder)/\(name)"
            var information = stat()
            guard lstat(path, &information) == 0 else { continue }
            if information.st_mode & S_IFMT == S_IFDIR {
                if depth < maximumDepth { collect(path, depth: depth + 1, into: &lines) }
            } else if definingFiles.contains(name) {
                let time = information.st_mtim
                lines.append("\(path) \(information.st_size) \(time.tv_sec).\(time.tv_nsec) \(information.st_ino)")
            }
        }
    }

    /// The stamp of the last completed indexing; nil where there was none.
    static func stored(in location: String) -> String? {
        (try? FileSystem.read("\(location)/source-stamp", limit: 256)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Keeps a stamp. Failing to is harmless: the next start indexes again.
    static func store(_ stamp: String, in location: String) {
        let temporary = "\(location)/source-stamp.\(getpid())"
        guard let file = fopen(temporary, "we") else { return }
        let written = fputs(stamp, file)
        guard fclose(file) == 0, written >= 0 else { return FileSystem.remove(temporary) }
        try? FileSystem.commit(temporary, as: "\(location)/source-stamp")
    }
}
