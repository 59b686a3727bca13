/// Finds the skill folders below a root, one after the other, in an order that does not change between runs.
///
/// A folder with a `SKILL.md` is a skill and is not searched further. Hidden folders and `node_modules` are passed over.
/// A folder is visited once, however many links lead to it: real folders come first, links after them, so that a link
/// into a hidden folder of the same root still brings its skills.
struct SkillFolderSearch {
    struct Limits {
        /// Folders below the root.
        var depth = 8
        /// Folders in all.
        var folders = 20_000
    }

    enum Finding {
        /// Path of a folder that has an entry named `SKILL.md`, and that name as it is written.
        case skill(folder: FilePath, file: String)
        case diagnostic(Diagnostic)
    }

    private struct Pending {
        var path: FilePath
        var depth: Int
    }

    private let root: FilePath
    private let resolvedRoot: FilePath
    private let limits: Limits
    private var folders: [Pending]
    private var links: ArraySlice<Pending> = []
    private var findings: ArraySlice<Finding> = []
    private var visited: Set<FileStatus.Identity> = []
    private var hasReachedLimit = false
    /// Called with each folder before it is listed, so that whoever watches it misses nothing.
    var willList: ((FilePath) -> Void)?

    /// - Parameter root: Absolute path of a folder.
    init(root: FilePath, limits: Limits = Limits()) throws(FileFault) {
        self.root = root
        resolvedRoot = try root.resolved()
        self.limits = limits
        folders = [Pending(path: root, depth: 0)]
        // A root that cannot be listed is a fault of the whole source.
        _ = try FolderListing(of: root.text, limit: 1)
    }

    /// The next skill or remark; nil when everything was visited.
    mutating func next() -> Finding? {
        while true {
            if let finding = findings.popFirst() { return finding }
            if let folder = folders.popLast() {
                visit(folder)
            } else if let link = links.popFirst() {
                follow(link)
            } else {
                return nil
            }
        }
    }

    private mutating func visit(_ folder: Pending) {
        do throws(FileFault) {
            guard visited.insert(try FileStatus(of: folder.path.text).identity).inserted else { return }
            guard visited.count <= limits.folders else {
                reportLimit("it holds more than \(limits.folders) folders; the rest was not searched")
                return
            }
            willList?(folder.path)
            let listing = try FolderListing(of: folder.path.text)
            if let file = SkillFile.names.first(where: listing.names.contains) {
                findings.append(.skill(folder: folder.path, file: file))
            } else {
                sort(listing, of: folder)
            }
        } catch {
            note(.error, error.kind == .denied ? .unreadableFolder : error.code, error.message, at: folder.path)
        }
    }

    /// Puts the folders of a listing on the stack, and its links on the queue.
    private mutating func sort(_ listing: FolderListing, of folder: Pending) {
        if listing.unreadableNames > 0 {
            note(.error, .invalidFileName, "it holds names that are not UTF-8; they were passed over", at: folder.path)
        }
        if !listing.isComplete {
            note(.error, .searchLimit, "it holds too many files; some were left out", at: folder.path)
        }
        var below: [Pending] = []
        for name in listing.names where name.utf8.first != UInt8(ascii: ".") && name != "node_modules" {
            let entry = Pending(path: folder.path.appending(name), depth: folder.depth + 1)
            // A file that vanished since it was listed is none of our business.
            guard let status = try? FileStatus(of: entry.path.text, followingLinks: false) else { continue }
            switch status.kind {
            case .link: links.append(entry)
            case .folder where entry.depth > limits.depth:
                note(
                    .error,
                    .searchLimit,
                    "it is deeper than \(limits.depth) levels and was not searched",
                    at: entry.path
                )
            case .folder: below.append(entry)
            case .regular, .other: break
            }
        }
        folders.append(contentsOf: below.reversed())
    }

    private mutating func follow(_ link: Pending) {
        do throws(FileFault) {
            let status = try FileStatus(of: link.path.text)
            guard status.kind == .folder else { return }
            let target = try link.path.resolved()
            guard target.isInside(resolvedRoot) else {
                note(
                    .error,
                    .linkOutside,
                    "the link leads out of the folder that is read, to \(target.text)",
                    at: link.path
                )
                return
            }
            let holder = try FilePath(link.path.folder).resolved()
            if holder.isInside(target) {
                note(
                    .warning,
                    .linkLoop,
                    "the link leads back to a folder that contains it; it was passed over",
                    at: link.path
                )
            } else {
                folders.append(link)
            }
        } catch {
            let isBroken = error.kind == .missing
            note(
                .warning,
                isBroken ? .brokenLink : error.code,
                isBroken ? "the link leads nowhere" : error.message,
                at: link.path
            )
        }
    }

    private mutating func reportLimit(_ message: String) {
        folders.removeAll()
        links.removeAll()
        guard !hasReachedLimit else { return }
        hasReachedLimit = true
        note(.error, .searchLimit, message, at: root)
    }

    private mutating func note(
        _ severity: Diagnostic.Severity,
        _ code: DiagnosticCode,
        _ message: String,
        at path: FilePath
    ) {
        findings.append(.diagnostic(Diagnostic(severity, code, message, file: path.text)))
    }
}
