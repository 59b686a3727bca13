/// The archives skills are handed on in.
package enum ArchiveFormat: Sendable, Hashable {
    /// `.tar.gz` and `.tgz`.
    case tarGzip
    /// `.zip` and `.skill`.
    case zip

    /// The format that a file's name says; nil where it says none.
    package init?(fileName: String) {
        let name = fileName.lowercased()
        if name.hasSuffix(".tar.gz") || name.hasSuffix(".tgz") {
            self = .tarGzip
        } else if name.hasSuffix(".zip") || name.hasSuffix(".skill") {
            self = .zip
        } else {
            return nil
        }
    }

    /// A file's name without the ending that says the format.
    package static func stem(of fileName: String) -> String {
        for ending in [".tar.gz", ".tgz", ".zip", ".skill"] where fileName.lowercased().hasSuffix(ending) {
            return String(fileName.dropLast(ending.count))
        }
        return fileName
    }
}
