import Glibc

/// Memory of this process.
enum ResidentMemory {
    /// The most it ever had, in bytes.
    static var peak: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss * 1_024
    }
}
