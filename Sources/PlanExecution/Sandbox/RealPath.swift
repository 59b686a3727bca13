import Glibc

/// Where paths really lead.
enum RealPath {
    /// The path with every link followed; nil where nothing is there.
    static func of(_ path: String) -> String? {
        guard !path.utf8.contains(0), let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

/// Which folders cannot be a workspace, because a sandbox that shows them hides nothing.
enum WorkspacePlace {
    /// Why a folder is too much to be shown to tools; nil where it is not.
    static func fault(of folder: String, home: String?) -> String? {
        let advice = "; choose a folder of its own, for example with --workspace"
        let system = [
            "/", "/bin", "/boot", "/dev", "/etc", "/home", "/lib", "/proc", "/root", "/sys", "/tmp", "/usr", "/var",
        ]
        if system.contains(folder) { return "tools cannot be given \(folder) as their workspace" + advice }
        if let home = home.flatMap(RealPath.of), home == folder || home.hasPrefix(folder + "/") {
            return "tools cannot be given the home folder as their workspace" + advice
        }
        return nil
    }
}
