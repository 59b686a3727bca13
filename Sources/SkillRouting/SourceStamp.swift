import Glibc
import SkillCatalog
import Storage

/// A cheap sign that nothing in a folder or file of skills changed: names, sizes and times of the files that define skills.
///
/// It saves a cold start from reading every skill; when in doubt it differs, and the content hashes decide.
enum SourceStamp {
    private static let definingFiles: Set<String> = ["SKILL.md", "schema.json", "tools.py"]
    private static let maximumDepth = 4

    static func compute(folder: String, model fingerprint: String) -> String {
        var lines = [folder, fingerprint]
        if SourceAddress.isOne(folder) {
            lines.append("day \(time(nil) / 86_400)")
        } else if FileSystem.isFolder(folder) {
            collect(folder, depth: 0, into: &lines)
        } else {
            note(folder, into: &lines)
        }
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
                note(path, into: &lines, information)
            }
        }
    }

    /// What a link leads to counts where the file itself is the source.
    private static func note(_ path: String, into lines: inout [String], _ known: stat? = nil) {
        var information = known ?? stat()
        guard known != nil || stat(path, &information) == 0 else { return }
        let time = information.st_mtim
        lines.append("\(path) \(information.st_size) \(time.tv_sec).\(time.tv_nsec) \(information.st_ino)")
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
