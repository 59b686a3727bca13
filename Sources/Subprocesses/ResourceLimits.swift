import Glibc

/// What the kernel lets one process of a child have; nil leaves this process's own limit.
package struct ResourceLimits: Sendable, Hashable {
    /// Most bytes of memory of its own: heap, stacks of threads, private mappings.
    package var memoryBytes: Int?
    /// Most bytes of one file it writes.
    package var fileBytes: Int?
    /// Most files open at once.
    package var openFiles: Int?
    /// Whether a crash may write an image of the memory to disk.
    package var allowsCoreFile = false

    package init(memoryBytes: Int? = nil, fileBytes: Int? = nil, openFiles: Int? = nil) {
        self.memoryBytes = memoryBytes
        self.fileBytes = fileBytes
        self.openFiles = openFiles
    }

    /// Resources and limits as `setrlimit` takes them.
    var entries: [(resource: Int32, value: UInt64)] {
        var entries: [(resource: Int32, value: UInt64)] = []
        func add(_ resource: __rlimit_resource, _ limit: Int?) {
            if let limit { entries.append((Int32(resource.rawValue), UInt64(max(0, limit)))) }
        }
        add(RLIMIT_DATA, memoryBytes)
        add(RLIMIT_FSIZE, fileBytes)
        add(RLIMIT_NOFILE, openFiles)
        add(RLIMIT_CORE, allowsCoreFile ? nil : 0)
        return entries
    }
}
