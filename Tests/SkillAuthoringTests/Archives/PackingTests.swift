import FoundationEssentials
import Storage
import TestSupport
import Testing

@testable import SkillAuthoring

@Suite("Packing skills")
struct PackingTests {
    static let files = ["tools.py": "print()\n", "references/größe.md": "text", "scripts/run.sh": "#!/bin/sh\n"]

    @Test(
        "The same content gives the same bytes, wherever and whenever it is",
        arguments: [ArchiveFormat.zip, .tarGzip]
    )
    func deterministic(_ format: ArchiveFormat) async throws {
        try await withTemporaryFolder { folder in
            try writeSkill("a", in: "\(folder)/one", files: Self.files)
            try writeSkill("a", in: "\(folder)/two", files: Self.files)
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1_000_000)],
                ofItemAtPath: "\(folder)/two/a/SKILL.md"
            )
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: "\(folder)/two/a/tools.py")
            func pack(_ place: String) async throws -> [UInt8] {
                let contents = try FolderContents.read("\(folder)/\(place)/a", covering: .distributable)
                return try await SkillArchive().pack(contents, as: "a", format: format)
            }
            let first = try await pack("one")
            #expect(try await pack("two") == first)
            try write("print(1)\n", to: "\(folder)/two/a/tools.py")
            #expect(try await pack("two") != first)
        }
    }

    @Test(
        "What was packed is installed as it was, rights included",
        arguments: ["a.skill", "a.zip", "a.tgz", "a.tar.gz"]
    )
    func roundTrip(_ file: String) async throws {
        try await withTemporaryFolder { folder in
            try writeSkill("a", in: folder, files: Self.files)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755],
                ofItemAtPath: "\(folder)/a/scripts/run.sh"
            )
            let contents = try FolderContents.read("\(folder)/a", covering: .distributable)
            let format = try #require(ArchiveFormat(fileName: file))
            try SkillArchive.write(
                try await SkillArchive().pack(contents, as: "a", format: format),
                to: "\(folder)/\(file)"
            )
            let installer = SkillInstaller(destination: "\(folder)/skills") { _ in nil }
            let outcome = try await installer.install(try InstallSource("\(folder)/\(file)"))
            #expect(outcome.folder == "\(folder)/skills/a")
            #expect(try FolderHash.of(outcome.folder) == FolderHash.of("\(folder)/a"))
            #expect(outcome.record.hash == (try FolderHash.of("\(folder)/a").text))
        }
    }
}
