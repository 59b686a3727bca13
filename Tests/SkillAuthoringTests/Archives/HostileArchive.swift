import Subprocesses
import TestSupport

/// Archives that no honest tool makes, written byte by byte by Python's libraries.
enum HostileArchive {
    /// Runs a piece of Python that may use `zip_with` and `tar_with`, and writes the archive named by `out`.
    static func make(_ body: String, at path: String) async throws {
        let program = Subprocess(executable: "python3", arguments: ["-I", "-c", helpers + body, path])
        _ = try await program.run().checked("python3")
    }

    private static let helpers = """
        import io, struct, sys, tarfile, zipfile
        out = sys.argv[1]

        def zip_with(entries, compression=zipfile.ZIP_STORED):
            with zipfile.ZipFile(out, "w", compression) as archive:
                for name, content, mode in entries:
                    info = zipfile.ZipInfo(name)
                    info.compress_type = compression
                    info.external_attr = mode << 16
                    archive.writestr(info, content)

        def tar_with(members):
            with tarfile.open(out, "w:gz") as archive:
                for name, kind, content, target in members:
                    info = tarfile.TarInfo(name)
                    info.type = kind
                    info.linkname = target
                    info.size = len(content)
                    archive.addfile(info, io.BytesIO(content))


        """
}
