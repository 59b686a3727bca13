import CAllocator

/// How a process that runs for weeks gives memory back.
enum ServeMemory {
    /// Has the allocator return large blocks to the system as soon as they are free, and share its pools among threads.
    ///
    /// By itself glibc raises the size from which on it does so to the largest block it ever freed, and keeps a pool for each
    /// thread: one large plan would stay in memory for good.
    static func keepToWhatIsUsed() {
        skw_allocator_set(256 << 10, 1 << 20, 2)
    }
}
