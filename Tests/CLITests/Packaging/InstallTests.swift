import FoundationEssentials
import JSONSchema
import Subprocesses
import TestSupport
import Testing

@Suite(
    "make install",
    .enabled(if: SkillWeaverCommand.isUsable, SkillWeaverCommand.absence),
    .enabled(if: InstalledProgram.exists("patchelf"), "needs patchelf; run 'Scripts/setup install'"),
    .enabled(if: InstalledProgram.exists("bwrap"), "needs bubblewrap, to hide the checkout")
)
struct InstallTests {
    @Test("gives a prefix that works after it was moved, with checkout and environment out of sight")
    func relocatable() async throws {
        try await withTemporaryFolder { folder in
            try await install(prefix: "/opt/weaver", staged: "\(folder)/staged")
            try FileManager.default.moveItem(atPath: "\(folder)/staged/opt/weaver", toPath: "\(folder)/moved")
            let program = HiddenCheckout(program: "\(folder)/moved/bin/skillweaver", folder: folder)

            let doctor = try await program("doctor", "--json")
            let checks = try JSONParser.parse(doctor.outputText)["checks"]?.arrayValue ?? []
            for name in ["inference runtime", "encoder", "bundled skills"] {
                let detail = checks.first { $0["name"]?.stringValue == name }?["detail"]?.stringValue ?? "missing"
                #expect(detail.hasPrefix("\(folder)/moved/"), "\(name): \(detail)")
            }
            #expect(doctor.status == .exited(0), "\(doctor.outputText) \(doctor.errorText)")

            let found = try await program("search", "draw a bar chart", "--json")
            #expect(found.outputText.contains("chart-gen"))
            let plan = try await program("route", "Download the dataset, transform it, and create a visual report")
            #expect(plan.outputText.contains("chart-gen.build_report"), "\(plan.errorText)")
            let skills = try await program("skills", "list")
            #expect(skills.outputText.split(separator: "\n").count >= PackageRoot.bundledSkills.count)
            // The vocabulary is there: without it tokens are estimated.
            #expect(try await program("tokens").outputText.contains("tokens counted"))
        }
    }

    @Test("brings manual, completions, service and licences, and names the prefix, not the folder it is staged in")
    func parts() async throws {
        try await withTemporaryFolder { folder in
            try await install(prefix: "/opt/weaver", staged: folder)
            let prefix = "\(folder)/opt/weaver"
            for file in [
                "share/man/man1/skillweaver.1.gz", "share/bash-completion/completions/skillweaver",
                "share/zsh/site-functions/_skillweaver", "share/doc/skillweaver/LICENSE",
                "share/doc/skillweaver/licences/openvino/LICENSE", "share/skillweaver/benchmarks/results/results.json",
            ] {
                #expect(try !FileManager.default.contents(atPath: "\(prefix)/\(file)").map(\.isEmpty).unwrapped(file))
            }
            let unit = try text(of: "\(prefix)/lib/systemd/system/skillweaver.service")
            #expect(unit.contains("ExecStart=/opt/weaver/bin/skillweaver serve "))
            #expect(!unit.contains(folder))
            let zsh = try text(of: "\(prefix)/share/zsh/site-functions/_skillweaver")
            #expect(zsh.hasPrefix("#compdef skillweaver\n"))
        }
    }

    @Test("can be undone to the last file; what others put there stays")
    func uninstall() async throws {
        try await withTemporaryFolder { folder in
            try await install(prefix: folder, staged: "")
            let foreign = "\(folder)/share/skillweaver/notes.txt"
            try write("mine", to: foreign)
            let removed = try await Self.script(["--remove"], ["PREFIX": folder])
            #expect(removed.status == .exited(0), "\(removed.errorText)")
            let find = Subprocess(executable: "find", arguments: [folder, "!", "-type", "d", "-printf", "%P\n"])
            let left = try await find.run().checked("find").outputText.split(separator: "\n")
            #expect(left == ["share/skillweaver/notes.txt"])
            // There is nothing left to remove.
            #expect(try await Self.script(["--remove"], ["PREFIX": folder]).status == .exited(1))
        }
    }

    @Test("removes nothing outside the prefix, whatever its list says")
    func hostileList() async throws {
        try await withTemporaryFolder { folder in
            try write("mine", to: "\(folder)/precious.txt")
            for path in ["../precious.txt", "lib/../../precious.txt", "\(folder)/precious.txt"] {
                try write("\(path)\n", to: "\(folder)/prefix/lib/skillweaver/installed-files")
                let removed = try await Self.script(["--remove"], ["PREFIX": "\(folder)/prefix"])
                #expect(removed.status == .exited(1))
                #expect(removed.errorText.contains("outside the prefix"))
                #expect(FileManager.default.fileExists(atPath: "\(folder)/precious.txt"))
            }
        }
    }

    private func install(prefix: String, staged: String) async throws {
        let program = try #require(SkillWeaverCommand.executable)
        let variables = ["PREFIX": prefix, "DESTDIR": staged, "PROGRAM": program]
        let result = try await Self.script([], variables)
        #expect(result.status == .exited(0), "\(result.errorText)")
    }

    private static func script(_ words: [String], _ variables: [String: String]) async throws -> SubprocessResult {
        let command = Subprocess(
            executable: PackageRoot.path("Scripts/install"),
            arguments: words,
            environment: .inheritedAdding(variables)
        )
        return try await command.run(limits: SubprocessLimits(deadline: .seconds(120 * Sanitizer.patience)))
    }
}

/// An installed program, run with a clean environment where the checkout and the toolchain are empty folders.
private struct HiddenCheckout {
    let program: String
    /// A folder that stays visible.
    let folder: String

    func callAsFunction(_ words: String...) async throws -> SubprocessResult {
        let hidden = [PackageRoot.path, Self.toolchain].compactMap(\.self).flatMap { ["--tmpfs", $0] }
        let command = Subprocess(
            executable: "bwrap",
            arguments: ["--bind", "/", "/", "--dev", "/dev", "--proc", "/proc"] + hidden
                + ["--bind", folder, folder, "--chdir", "/", "--clearenv", "--setenv", "PATH", "/usr/bin:/bin"]
                + ["--setenv", "HOME", "\(folder)/home", program] + words,
            hasNamespace: true
        )
        return try await command.run(limits: SubprocessLimits(deadline: .seconds(60 * Sanitizer.patience)))
    }

    /// The folder of Swift's own libraries; nil where it is one that others live in too.
    private static let toolchain: String? = {
        let libraries = "/swift/linux"
        let maps = (try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8)) ?? ""
        guard let line = maps.split(separator: "\n").first(where: { $0.contains("\(libraries)/libswiftCore.so") }),
            let start = line.firstIndex(of: "/"), let end = line.firstRange(of: "/libswiftCore.so")
        else { return nil }
        return String(line[start..<end.lowerBound])
    }()
}

extension Optional {
    fileprivate func unwrapped(_ what: String) throws -> Wrapped {
        try #require(self, "\(what) is missing")
    }
}
