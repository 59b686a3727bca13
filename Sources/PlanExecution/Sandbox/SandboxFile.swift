import CSpawn
import Glibc
import Subprocesses

/// A small file of `/etc` as a confined program sees it, in place of the host's, which would tell what else is on its network.
struct SandboxFile {
    var path: String
    /// Where bubblewrap reads the text, once.
    var content: PassedDescriptor

    /// What every sandbox has; with the host's network the host's own table of names is shown instead.
    static func all(hasHostNetwork: Bool) throws(ToolFailure) -> [SandboxFile] {
        let name = SandboxRoot.hostName
        var texts = [("/etc/hostname", "\(name)\n")]
        if !hasHostNetwork {
            texts.append(("/etc/hosts", "127.0.0.1 localhost \(name)\n::1 localhost ip6-localhost ip6-loopback\n"))
        }
        var files: [SandboxFile] = []
        for (path, text) in texts { files.append(SandboxFile(path: path, content: try descriptor(holding: text))) }
        return files
    }

    /// The reading end of a pipe that holds a text, which is shorter than any pipe's buffer.
    private static func descriptor(holding text: String) throws(ToolFailure) -> PassedDescriptor {
        var ends: [Int32] = [-1, -1]
        guard skw_pipe(&ends, O_CLOEXEC) == 0 else {
            let reason = String(cString: strerror(errno))
            throw ToolFailure(.transient, code: "no-descriptors", "the sandbox cannot be prepared: \(reason)")
        }
        defer { close(ends[1]) }
        let reader = PassedDescriptor(owning: ends[0])
        let bytes = Array(text.utf8)
        guard write(ends[1], bytes, bytes.count) == bytes.count else {
            throw ToolFailure(
                .transient,
                code: "no-descriptors",
                "the sandbox cannot be prepared: a pipe takes no text"
            )
        }
        return reader
    }
}
