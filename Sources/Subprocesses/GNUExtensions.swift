import Glibc

/// Functions of glibc that its headers declare only for GNU sources, which Swift's `Glibc` module does not ask for.
///
/// They are looked up by name; each has been there since glibc 2.36 at the latest. A missing one is `ENOSYS`.
enum GNUExtensions {
    private typealias OpenProcess = @convention(c) (pid_t, UInt32) -> Int32
    private typealias OpenPipe = @convention(c) (UnsafeMutablePointer<Int32>, Int32) -> Int32
    private typealias CloseFrom = @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32
    private typealias ChangeFolder =
        @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, UnsafePointer<CChar>) -> Int32

    private static let openProcess = look(for: "pidfd_open", as: OpenProcess.self)
    private static let openPipe = look(for: "pipe2", as: OpenPipe.self)
    private static let closeFrom = look(for: "posix_spawn_file_actions_addclosefrom_np", as: CloseFrom.self)
    private static let changeFolder = look(for: "posix_spawn_file_actions_addchdir_np", as: ChangeFolder.self)

    /// A close-on-exec descriptor that becomes readable when the process ends; −1 and `errno` on failure.
    static func processDescriptor(_ process: pid_t) -> Int32 {
        guard let openProcess else { return unavailable() }
        return openProcess(process, 0)
    }

    /// A pipe whose ends are created with these flags; −1 and `errno` on failure.
    static func pipe(_ ends: UnsafeMutablePointer<Int32>, flags: Int32) -> Int32 {
        guard let openPipe else { return unavailable() }
        return openPipe(ends, flags)
    }

    /// In the child, closes every descriptor from this one up; returns an error code.
    static func addCloseFrom(_ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>, _ first: Int32) -> Int32 {
        closeFrom?(actions, first) ?? ENOSYS
    }

    /// In the child, changes the folder before the program starts; returns an error code.
    static func addChangeFolder(
        _ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>,
        _ path: String
    ) -> Int32 {
        changeFolder?(actions, path) ?? ENOSYS
    }

    private static func look<Function>(for name: String, as type: Function.Type) -> Function? {
        dlsym(nil, name).map { unsafeBitCast($0, to: type) }
    }

    private static func unavailable() -> Int32 {
        errno = ENOSYS
        return -1
    }
}
