import Glibc

/// The sanitizer these tests were built with, for the few that cannot hold under one.
public enum Sanitizer: String, Sendable {
    case thread, address

    /// The one that is linked in; nil in a usual build.
    public static let active: Sanitizer? =
        dlsym(nil, "__tsan_acquire") != nil
        ? .thread : dlsym(nil, "__asan_poison_memory_region") != nil ? .address : nil

    /// How much longer things may take: everything is slower by several times, and most by far where threads meet.
    public static let patience = active == nil ? 1 : 10
}
