import Glibc

/// The file system and the namespaces a confined program sees, as bubblewrap's arguments.
///
/// System libraries and programs are read-only; home folders, other users' files and the rest of `/etc` do not exist.
/// Everything is at the path it has outside, so that a path means the same on both sides.
struct SandboxRoot {
    /// What the machine is called inside.
    static let hostName = "sandbox"

    private enum Access: Hashable { case read, write }

    private var mounts: [String: Access] = [:]
    var workingFolder: String
    /// The host's own network, instead of none.
    var hasHostNetwork = false
    var temporaryBytes = SandboxLimits().temporaryBytes
    /// Files of `/etc` that exist in the sandbox only, each with the descriptor bubblewrap reads its text from.
    var ownFiles: [(path: String, descriptor: Int)] = []

    init(workingFolder: String) { self.workingFolder = workingFolder }

    /// Shows a file or folder, by a path without links.
    mutating func allowReading(_ path: String) {
        if mounts[path] == nil { mounts[path] = .read }
    }

    mutating func allowWriting(_ path: String) { mounts[path] = .write }

    /// Shows a folder read-only, whatever was allowed before.
    mutating func protect(_ path: String) { mounts[path] = .read }

    /// The arguments before the program's own.
    func arguments() -> [String] {
        var words = [
            "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try",
            "--disable-userns", "--cap-drop", "ALL", "--hostname", Self.hostName, "--die-with-parent", "--new-session",
        ]
        if !hasHostNetwork { words.append("--unshare-net") }
        words += systemMounts()
        // Read-only, because the kernel lets root change its settings in /proc/sys without any capability.
        words += ["--proc", "/proc", "--remount-ro", "/proc", "--dev", "/dev"]
        for folder in ["/dev/shm", "/tmp"] { words += ["--size", "\(temporaryBytes)", "--tmpfs", folder] }
        // Folders before what lies in them: a later mount covers an earlier one.
        for (path, access) in mounts.sorted(by: { $0.key.utf8.count < $1.key.utf8.count }) {
            words += [access == .write ? "--bind" : "--ro-bind", path, path]
        }
        for file in ownFiles { words += ["--ro-bind-data", "\(file.descriptor)", file.path] }
        words += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", workingFolder, "--"]
        return words
    }

    private func systemMounts() -> [String] {
        var words = ["--ro-bind", "/usr", "/usr"]
        for folder in ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"] {
            if let target = Self.linkTarget(folder) {
                words += ["--symlink", target, folder]
            } else {
                words += ["--ro-bind-try", folder, folder]
            }
        }
        var names = [
            "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives", "ssl", "ca-certificates", "localtime",
            "timezone",
            "mime.types", "fonts", "nsswitch.conf", "protocols", "services",
        ]
        if hasHostNetwork { names += ["hosts", "resolv.conf", "host.conf", "gai.conf"] }
        for name in names { words += ["--ro-bind-try", "/etc/\(name)", "/etc/\(name)"] }
        return words
    }

    private static func linkTarget(_ path: String) -> String? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes { bytes in
            bytes.baseAddress.map { readlink(path, $0, bytes.count) } ?? -1
        }
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }
}
