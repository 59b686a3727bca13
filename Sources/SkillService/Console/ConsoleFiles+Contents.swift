extension ConsoleFiles {
    /// What is delivered, by name.
    static let contents: [String: [UInt8]] = [:]
}
