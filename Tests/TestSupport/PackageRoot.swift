public import FoundationEssentials

/// The folder of the package these tests belong to.
public enum PackageRoot {
    /// Absolute path, found by walking up from this file to the nearest `Package.swift`.
    public static let path: String = {
        var folder = URL(filePath: #filePath).deletingLastPathComponent()
        while folder.path() != "/" {
            if FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path()) { break }
            folder.deleteLastPathComponent()
        }
        return withoutTrailingSlash(folder.path())
    }()

    public static var url: URL { URL(filePath: path, directoryHint: .isDirectory) }

    /// The absolute path of something inside the package, for example `Skills/chart-gen`.
    public static func path(_ relative: String) -> String { "\(path)/\(relative)" }

    /// The names of the skills that come with the package, sorted.
    public static let bundledSkills: [String] = {
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: path("Skills"))) ?? []
        return folders.filter { FileManager.default.fileExists(atPath: path("Skills/\($0)/SKILL.md")) }.sorted()
    }()
}

func withoutTrailingSlash(_ path: String) -> String {
    path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
}
