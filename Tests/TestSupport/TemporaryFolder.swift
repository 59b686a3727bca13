import FoundationEssentials

/// Runs a piece of test with an empty folder of its own, which is gone afterwards.
///
/// - Parameter body: receives the folder's absolute path, without a slash at its end.
public func withTemporaryFolder<Value>(_ body: (String) async throws -> Value) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: "skillweaver-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // A test may have taken away its own right to delete; that leaves a folder behind but fails nothing.
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(withoutTrailingSlash(folder.path()))
}
