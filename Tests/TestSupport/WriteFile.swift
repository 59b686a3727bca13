import FoundationEssentials

/// Writes a text file, creating the folders above it.
public func write(_ text: String, to path: String) throws {
    try write(Array(text.utf8), to: path)
}

/// Writes a file of bytes, creating the folders above it.
public func write(_ bytes: [UInt8], to path: String) throws {
    let url = URL(filePath: path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
}

/// The content of a text file.
public func text(of path: String) throws -> String {
    try String(contentsOf: URL(filePath: path), encoding: .utf8)
}
