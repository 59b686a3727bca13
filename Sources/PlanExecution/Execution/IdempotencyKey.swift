import Storage

/// The word by which a tool recognises a piece of work it has already done.
enum IdempotencyKey {
    /// The same for every attempt at a task of a run, in every process: 32 hexadecimal digits.
    static func of(_ task: TaskID, in run: String) -> String {
        // A line feed is in neither part, so that no two pairs are written alike.
        String(ContentHash(of: "\(run)\n\(task)").hexadecimal.prefix(32))
    }

    static func ofCompensation(_ task: TaskID, in run: String) -> String {
        String(ContentHash(of: "\(run)\n\(task)\ncompensation").hexadecimal.prefix(32))
    }
}
