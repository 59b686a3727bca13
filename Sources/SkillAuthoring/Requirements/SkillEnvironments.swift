import Glibc
package import SkillCatalog
import Storage
import Subprocesses

/// Private Python environments, one a skill, so that the packages of one are not seen by another.
package struct SkillEnvironments: Sendable {
    /// Where they are kept.
    let folder: String

    /// - Parameter home: the program's own folder.
    package init(home: String) { folder = "\(home)/environments" }

    /// Whether the packages of a skill are there.
    package enum State: Sendable, Hashable {
        /// It needs none.
        case notNeeded
        case ready(interpreter: String)
        /// Never made, or made for other requirements.
        case missing
    }

    /// Where a skill's environment is, made or not: named after the skill and its place.
    func place(of skillFolder: String) -> String {
        let path = RealFolder.of(skillFolder) ?? skillFolder
        return "\(folder)/\(FileSystem.name(of: path))-\(ContentHash(of: path).hexadecimal.prefix(12))"
    }

    package func state(of skillFolder: String) throws(AuthoringError) -> State {
        guard let requirements = try RequirementsFile(in: skillFolder) else { return .notNeeded }
        let place = place(of: skillFolder)
        guard let made = try? FileSystem.read("\(place)/\(Self.stampName)", limit: 1 << 10),
            made.elementsEqual(Self.stamp(of: requirements).utf8)
        else { return .missing }
        return .ready(interpreter: "\(place)/bin/python")
    }

    /// The interpreter that runs a skill's functions; nil stands for the usual one.
    package func interpreter(for skill: Skill) -> String? {
        guard let folder = skill.origin.folder, case .ready(let path)? = try? state(of: folder) else { return nil }
        return path
    }

    /// Makes the environment of a skill, with the network.
    ///
    /// Only packages that need no building are taken, so that nothing of them runs here.
    /// - Parameter environment: the host's variables, of which pip sees those it needs.
    package func prepare(_ skillFolder: String, environment: (String) -> String?) async throws -> State {
        guard let requirements = try RequirementsFile(in: skillFolder) else { return .notNeeded }
        var variables: [String: String] = ["LC_ALL": "C.UTF-8"]
        for name in Self.passedVariables { variables[name] = environment(name) }
        let place = place(of: skillFolder)
        try FileSystem.createFolder(folder)
        let lock = open("\(place).lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            if lock >= 0 { close(lock) }
            throw AuthoringError(.conflict, "the environment of \(skillFolder) is being made by another process")
        }
        defer { close(lock) }
        StagingFolder.remove(place)
        do {
            try await run("python3", ["-m", "venv", place], variables, "no environment can be made")
            let list = "\(place)/\(RequirementsFile.fileName)"
            try FileSystem.write(Array(requirements.lines.map { "\($0)\n" }.joined().utf8), to: list)
            try await run(
                "\(place)/bin/python",
                [
                    "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input",
                    "--only-binary=:all:", "--requirement", list,
                ],
                variables,
                "the packages of \(FileSystem.name(of: skillFolder)) cannot be had"
            )
            try FileSystem.write(Array(Self.stamp(of: requirements).utf8), to: "\(place)/\(Self.stampName)")
        } catch {
            StagingFolder.remove(place)
            throw error
        }
        return .ready(interpreter: "\(place)/bin/python")
    }

    /// Removes the environment of a skill, where it has one.
    package func remove(_ skillFolder: String) { StagingFolder.remove(place(of: skillFolder)) }

    // MARK: - Parts

    private static let stampName = ".skillweaver-ready"
    private static let passedVariables = [
        "PATH", "HOME", "TMPDIR", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "SSL_CERT_FILE", "PIP_CERT",
        "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_CONFIG_FILE", "PIP_FIND_LINKS", "PIP_NO_INDEX", "PIP_TRUSTED_HOST",
    ]

    private static func stamp(of requirements: RequirementsFile) -> String {
        ContentHash(of: requirements.lines.joined(separator: "\n")).hexadecimal
    }

    private func run(
        _ executable: String,
        _ arguments: [String],
        _ variables: [String: String],
        _ complaint: String
    ) async throws {
        let program = Subprocess(
            executable: executable,
            arguments: arguments,
            environment: .only(variables),
            resources: ResourceLimits(fileBytes: 4 << 30)
        )
        do {
            _ = try await program.run(limits: SubprocessLimits(deadline: .seconds(900), overflow: .truncate))
                .checked(FileSystem.name(of: executable))
        } catch let error as SubprocessError {
            throw AuthoringError(.program, "\(complaint): \(error)")
        }
    }
}
