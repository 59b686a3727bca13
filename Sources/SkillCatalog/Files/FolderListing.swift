import Glibc

/// The names in one folder.
struct FolderListing: Sendable, Hashable {
    /// Sorted by their bytes, so that reading a folder twice gives one order; without `.` and `..`.
    var names: [String]
    /// How many more names are not UTF-8.
    var unreadableNames: Int
    /// Whether there are no more names than were taken.
    var isComplete: Bool

    /// - Parameter limit: Most names that are taken; the rest is left out and `isComplete` is false.
    init(of folder: String, limit: Int = 100_000) throws(FileFault) {
        guard let directory = opendir(folder) else { throw FileFault(errorNumber: errno, path: folder) }
        defer { closedir(directory) }
        names = []
        unreadableNames = 0
        isComplete = true
        while true {
            errno = 0
            guard let entry = readdir(directory) else {
                guard errno == 0 else { throw FileFault(errorNumber: errno, path: folder) }
                break
            }
            guard let name = Self.name(of: entry) else {
                unreadableNames += 1
                continue
            }
            if name == "." || name == ".." { continue }
            guard names.count < limit else {
                isComplete = false
                break
            }
            names.append(name)
        }
        names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private static func name(of entry: UnsafeMutablePointer<dirent>) -> String? {
        withUnsafePointer(to: &entry.pointee.d_name) { name in
            name.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: name.pointee)) {
                String(validatingCString: $0)
            }
        }
    }
}
