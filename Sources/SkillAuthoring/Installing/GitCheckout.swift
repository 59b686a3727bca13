import Subprocesses

/// Fetches one revision of a repository into a folder, with nothing of the repository being run.
///
/// No history, tags, submodules or hooks; no configuration of the machine or the user; no protocol but those of
/// `GitAddress`; no question asked.
package struct GitCheckout: Sendable {
    /// What a network and SSH need to be reached, and nothing else of the host's environment.
    let environment: [String: String]
    /// Longest time for all of it.
    package var patience: Duration
    package var limits: ContentLimits

    package init(
        environment: (String) -> String?,
        patience: Duration = .seconds(300),
        limits: ContentLimits = ContentLimits()
    ) {
        var known: [String: String] = [:]
        for name in Self.passedVariables { known[name] = environment(name) }
        self.environment = known
        self.patience = patience
        self.limits = limits
    }

    /// Checks a revision out into a new folder.
    ///
    /// - Returns: the commit, in hexadecimal.
    package func fetch(_ address: GitAddress, into folder: String) async throws -> String {
        try await git(["init", "--quiet", "--template=", folder], in: nil)
        try await git(
            ["fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head"]
                + ["--", address.url, "\(address.revision ?? "HEAD"):refs/skillweaver/wanted"],
            in: folder,
            about: address
        )
        try await git(["checkout", "--quiet", "--detach", "refs/skillweaver/wanted"], in: folder)
        let commit = try await git(["rev-parse", "--verify", "HEAD^{commit}"], in: folder)
        return String(commit.prefix { $0.isHexDigit })
    }

    @discardableResult
    private func git(_ arguments: [String], in folder: String?, about address: GitAddress? = nil) async throws -> String
    {
        let settings = [
            "core.hooksPath=/dev/null", "core.fsmonitor=false", "transfer.fsckObjects=true", "submodule.recurse=false",
            "credential.helper=", "http.followRedirects=initial", "protocol.allow=never", "protocol.https.allow=always",
            "protocol.ssh.allow=always", "protocol.file.allow=always", "advice.detachedHead=false", "gc.auto=0",
            "core.protectNTFS=true", "core.protectHFS=true",
        ]
        let program = Subprocess(
            executable: "git",
            arguments: (folder.map { ["-C", $0] } ?? []) + settings.flatMap { ["-c", $0] } + arguments,
            environment: .only(variables),
            resources: ResourceLimits(fileBytes: limits.archiveBytes)
        )
        let result: SubprocessResult
        do {
            result = try await program.run(
                limits: SubprocessLimits(deadline: patience, maximumOutputBytes: 1 << 16, overflow: .truncate)
            )
        } catch let error as SubprocessError {
            throw AuthoringError(.program, "\(error)")
        }
        guard case .exited(0) = result.status else {
            let said = result.errorText.split(separator: "\n").suffix(3).joined(separator: " / ").prefix(400)
            throw AuthoringError(
                .program,
                "\(address.map { "\($0) cannot be fetched" } ?? "git \(arguments[0]) failed"): \(said)"
            )
        }
        return result.outputText
    }

    private static let passedVariables = [
        "PATH", "HOME", "SSH_AUTH_SOCK", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "NO_PROXY", "no_proxy",
        "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO",
    ]

    private var variables: [String: String] {
        var variables = [
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_TERMINAL_PROMPT": "0",
            "GIT_ASKPASS": "/bin/false", "GIT_LFS_SKIP_SMUDGE": "1", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C.UTF-8",
            "GIT_SSH_COMMAND": "ssh -oBatchMode=yes -oPermitLocalCommand=no -oClearAllForwardings=yes",
            "GIT_ALLOW_PROTOCOL": "https:ssh:file",
        ]
        variables.merge(environment) { $1 }
        return variables
    }
}
