import Glibc
import Testing

@testable import SkillCatalog

@Suite("Only regular files are read, and never more than the limit")
struct RegularFileTests {
    private func fault(_ path: String, limit: Int = 1_000) -> FileFault? {
        #expect(throws: FileFault.self) { try RegularFile.contents(of: path, limit: limit) }
    }

    @Test("A file is read whole")
    func whole() throws {
        let folder = try TemporaryFolder()
        let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
        let path = try folder.write(bytes, to: "data.bin")
        #expect(try RegularFile.contents(of: path, limit: 200_000) == bytes)
        #expect(fault(path, limit: 199_999)?.kind == .tooLarge)
        #expect(try RegularFile.contents(of: try folder.write("", to: "empty"), limit: 0) == [])
    }

    @Test("What is no file says what it is, without waiting for it")
    func others() throws {
        let folder = try TemporaryFolder()
        try folder.makePipe("pipe")
        try folder.makeFolder("folder")
        try folder.link("loop", to: "loop")
        #expect(fault(folder.path + "/pipe")?.message == "is a named pipe, not a regular file")
        #expect(fault(folder.path + "/folder")?.message == "is a folder, not a regular file")
        #expect(fault("/dev/zero")?.message == "is a device, not a regular file")
        #expect(fault(folder.path + "/loop")?.kind == .linkLoop)
        #expect(fault(folder.path + "/none")?.kind == .missing)
        #expect(fault(folder.path + "/none/below")?.kind == .missing)
        #expect(fault("/etc/passwd\0.md")?.kind == .missing)
    }

    @Test("A read error is a fault with the system's reason")
    func readError() {
        // Address 0 of this very process: the file opens, and reading it fails.
        let fault = fault("/proc/self/mem")
        #expect(fault?.kind == .failed)
        #expect(fault?.message.hasPrefix("cannot be read: ") == true)
    }

    @Test("A file without permission is denied", .enabled(if: geteuid() != 0, "root may read everything"))
    func denied() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("x", to: "secret")
        folder.setMode(0, of: "secret")
        #expect(fault(path)?.kind == .denied)
    }

    @Test(
        "Error numbers are sorted by what can be done about them",
        arguments: [
            (ENOENT, .missing), (ENOTDIR, .missing), (EACCES, .denied), (EPERM, .denied), (ELOOP, .linkLoop),
            (ENXIO, .notRegular), (EIO, .failed), (EMFILE, .failed), (ENAMETOOLONG, .failed),
        ] as [(Int32, FileFault.Kind)]
    )
    func errorNumbers(number: Int32, kind: FileFault.Kind) {
        #expect(FileFault(errorNumber: number, path: "/x").kind == kind)
    }

    @Test("Reading leaves no descriptor open")
    func descriptors() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("text\n", to: "file")
        try folder.makePipe("pipe")
        let before = try FolderListing(of: "/proc/self/fd").names.count
        for _ in 0..<50 {
            _ = try RegularFile.contents(of: path, limit: 10)
            _ = try? RegularFile.contents(of: path, limit: 1)
            _ = try? RegularFile.contents(of: folder.path + "/pipe", limit: 10)
            _ = try FolderListing(of: folder.path)
        }
        // Other tests open files at the same time, but not fifty.
        #expect(try FolderListing(of: "/proc/self/fd").names.count < before + 50)
    }

    @Test(
        "Amounts are written in whole units",
        arguments: [
            (0, "0 bytes"), (1023, "1023 bytes"), (1024, "1 KiB"), (1 << 20, "1 MiB"), ((1 << 20) + 1, "1048577 bytes"),
        ]
    )
    func amounts(bytes: Int, text: String) {
        #expect(ByteCount.text(bytes) == text)
    }
}
