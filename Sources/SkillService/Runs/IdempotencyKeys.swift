import Storage

/// Remembers which run a caller's key began, so that a call that is sent again begins none.
actor IdempotencyKeys {
    enum Claim: Sendable {
        case new(String)
        case known(run: String)
        case underWay
        /// The same key with something else to do.
        case otherBody
    }

    private struct Entry {
        var body: ContentHash
        /// Nil while the call is being answered.
        var run: String?
    }

    private static let limit = 10_000
    private var entries: [String: Entry] = [:]
    private var order: [String] = []

    func claim(_ key: String, of principal: String, for body: [UInt8]) -> Claim {
        let name = "\(principal)\u{0}\(key)"
        let body = ContentHash(of: body)
        if let entry = entries[name] {
            guard entry.body == body else { return .otherBody }
            return entry.run.map { .known(run: $0) } ?? .underWay
        }
        entries[name] = Entry(body: body)
        order.append(name)
        while order.count > Self.limit { entries[order.removeFirst()] = nil }
        return .new(name)
    }

    /// - Parameter run: nil where none was begun; the key may be used again.
    func finish(_ claim: String, run: String?) {
        guard let run else {
            entries[claim] = nil
            order.removeAll { $0 == claim }
            return
        }
        entries[claim]?.run = run
    }
}
