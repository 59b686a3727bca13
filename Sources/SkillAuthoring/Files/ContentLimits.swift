/// How much a skill may hold; beyond it, a source counts as hostile or as something else than a skill.
package struct ContentLimits: Sendable, Hashable {
    /// Most files and folders together.
    package var entries: Int
    /// Most bytes of all files together.
    package var totalBytes: Int
    /// Most bytes of one file.
    package var fileBytes: Int
    /// Most folders above a file.
    package var depth: Int
    /// Most bytes of an archive.
    package var archiveBytes: Int
    /// How many times larger than its archive the content may be, once it is larger than a mebibyte.
    package var ratio: Int

    package init(
        entries: Int = 10_000,
        totalBytes: Int = 256 << 20,
        fileBytes: Int = 64 << 20,
        depth: Int = 16,
        archiveBytes: Int = 128 << 20,
        ratio: Int = 100
    ) {
        self.entries = entries
        self.totalBytes = totalBytes
        self.fileBytes = fileBytes
        self.depth = depth
        self.archiveBytes = archiveBytes
        self.ratio = ratio
    }

    /// `64 MiB`.
    static func text(_ bytes: Int) -> String {
        bytes >= 1 << 20 ? "\(bytes >> 20) MiB" : bytes >= 1 << 10 ? "\(bytes >> 10) KiB" : "\(bytes) bytes"
    }
}
