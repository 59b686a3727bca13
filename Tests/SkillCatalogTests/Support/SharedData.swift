import Glibc

/// Real data of others that lies beside the package, where it is there.
enum SharedData {
    static let missing = "the data folder `../shared` is not beside the package"

    /// Path of a file under `../shared/data`.
    static func path(_ name: String) -> String { folder + "/" + name }

    static func has(_ name: String) -> Bool { access(path(name), R_OK) == 0 }

    private static let folder: String = {
        // …/Tests/SkillCatalogTests/Support/SharedData.swift
        let components = #filePath.split(separator: "/").dropLast(5)
        return "/" + components.joined(separator: "/") + "/shared/data"
    }()

    /// The content of a file that `gzip` compressed.
    static func decompressed(_ name: String) throws -> [UInt8] {
        guard let pipe = popen("gzip -dc '\(path(name))'", "r") else {
            throw TemporaryFolder.Failure(operation: "popen", errorNumber: errno)
        }
        defer { pclose(pipe) }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = fread(&chunk, 1, chunk.count, pipe)
            if count == 0 { return content }
            content.append(contentsOf: chunk[..<count])
        }
    }
}
