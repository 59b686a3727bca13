import Subprocesses

/// A program that prepares a test.
enum TestProgram {
    /// What it wrote on standard output; it must end with status 0.
    static func run(_ words: String...) async throws -> String {
        try await Subprocess(executable: words[0], arguments: Array(words.dropFirst())).run().checked(words[0])
            .outputText
    }
}
