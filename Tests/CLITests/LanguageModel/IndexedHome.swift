import FoundationEssentials
import Glibc

/// A home whose bundled library is indexed already: made once for a run of the tests, gone at its end.
///
/// For tests that only read the library: indexing takes ten times as long as what they look at.
enum IndexedHome {
    private static var folder: URL {
        FileManager.default.temporaryDirectory.appending(path: "skillweaver-indexed-\(getpid())")
    }

    private static let preparation = Task<String, any Error> {
        let folder = IndexedHome.folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        atexit { try? FileManager.default.removeItem(at: IndexedHome.folder) }
        _ = try await SkillWeaverCommand(home: folder.path())("search", "read a file")
        return folder.path()
    }

    static func path() async throws -> String { try await preparation.value }
}
