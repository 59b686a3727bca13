/// A body as a sequence of pieces, fetched when they are asked for.
///
/// Read once, by one task. A reader that takes its time makes the sender wait; one that stops reading, or is cancelled,
/// ends the transfer.
package struct HTTPBody: AsyncSequence, Sendable {
    package typealias Element = [UInt8]

    private let pull: @Sendable () async throws -> [UInt8]?

    /// A body of what `pull` returns, up to its first nil.
    package init(pull: @escaping @Sendable () async throws -> [UInt8]?) {
        self.pull = pull
    }

    package func makeAsyncIterator() -> Iterator { Iterator(pull: pull) }

    package struct Iterator: AsyncIteratorProtocol {
        fileprivate let pull: @Sendable () async throws -> [UInt8]?

        package mutating func next() async throws -> [UInt8]? { try await pull() }
    }

    /// All pieces in one; what may be too much is for the limits of the request to say.
    package func collected() async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in self { bytes += piece }
        return bytes
    }
}
