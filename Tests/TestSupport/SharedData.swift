import FoundationEssentials
public import Testing

/// Large data sets that live beside the package, in `../shared`, and are no part of it.
///
/// A test that needs one says so with
/// `@Test(.enabled(if: SharedData.path("…") != nil, SharedData.absence))` and is skipped where the folder is missing.
public enum SharedData {
    /// Why a test was skipped.
    public static let absence: Comment = "needs the data folder ../shared beside the package"

    /// The absolute path of something in `../shared`; nil when it is not there.
    public static func path(_ relative: String) -> String? {
        let folder = PackageRoot.url.deletingLastPathComponent().appending(path: "shared")
        let path = folder.appending(path: relative).path()
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    /// The lines of a text file in `../shared`; none when it is not there.
    public static func lines(_ relative: String) throws -> [String] {
        guard let path = path(relative) else { return [] }
        let text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
        return text.split(separator: "\n").map(String.init)
    }
}
