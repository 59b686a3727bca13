import ModelContextProtocol
public import SkillCatalog
import Storage

/// The servers of one configuration as a source of skills: each server is asked for its tools.
///
/// Servers are asked side by side. One that cannot be asked now is known by what it listed last.
public struct MCPServersSource: SkillSource {
    public let name: String
    public let location: String
    private let pool: MCPServerPool
    private let pins: MCPToolPins
    private let listings: ServerListings
    private let freshness: Freshness

    /// Which servers are started to be asked.
    package enum Freshness: Sendable, Hashable {
        /// Each.
        case all
        /// Those of which nothing is known; they are ended again, and wait until they are needed.
        case unknown
        /// Those of which nothing is known, and these.
        case changed(Set<String>)

        fileprivate func asks(_ name: String) -> Bool {
            switch self {
            case .all: true
            case .unknown: false
            case .changed(let names): names.contains(name)
            }
        }
    }

    /// Servers that are asked at once.
    private static let width = 8

    package init(
        pool: MCPServerPool,
        pins: MCPToolPins,
        listings: ServerListings,
        freshness: Freshness,
        location: String,
        name: String = "mcp"
    ) {
        self.pool = pool
        self.pins = pins
        self.listings = listings
        self.freshness = freshness
        self.location = location
        self.name = name
    }

    public nonisolated(nonsending) func read(_ receive: (SourceRecord) async throws -> Void) async throws {
        for (_, records) in await answers() {
            for record in records { try await receive(record) }
        }
    }

    public nonisolated(nonsending) func read(
        since known: KnownRecords,
        _ receive: (SourceDelivery) async throws -> Void
    ) async throws {
        for (_, records) in await answers() {
            for record in records { try await receive(.record(record, stamp: nil)) }
        }
    }

    public func changes(_ pace: WatchPace) -> AsyncStream<SourceChange> {
        AsyncStream { $0.finish() }
    }

    private func answers() async -> [(String, [SourceRecord])] {
        await withTaskGroup(of: (String, [SourceRecord]).self) { group in
            var waiting = pool.names[...]
            var answers: [String: [SourceRecord]] = [:]
            for _ in 0..<Self.width {
                guard let next = waiting.popFirst() else { break }
                group.addTask { (next, await records(of: next)) }
            }
            while let (name, answer) = await group.next() {
                answers[name] = answer
                if let next = waiting.popFirst() { group.addTask { (next, await records(of: next)) } }
            }
            return pool.names.compactMap { name in answers[name].map { (name, $0) } }
        }
    }

    private func records(of name: String) async -> [SourceRecord] {
        guard let connection = pool.connection(name), !connection.configuration.isDisabled else { return [] }
        let server = connection.configuration
        let known = listings.listing(of: server)
        if !freshness.asks(name), let known { return records(of: server, known, rejected: []) }
        let wasIdle = await connection.health.phase == .idle
        do {
            let (listing, instructions) = try await connection.tools()
            if wasIdle, freshness == .unknown { await connection.stop() }
            let answer = ServerListing(tools: listing.items, instructions: instructions)
            let review = try pins.review(listing.items, of: name)
            listings.keep(answer, of: server)
            let records = records(of: server, answer, rejected: listing.rejected)
            guard !review.changed.isEmpty else { return records }
            let tools = review.changed.map { Excerpt.of($0) }.joined(separator: ", ")
            return records + [
                remark(
                    "\(Excerpt.of(name)): the definition of \(tools) has changed since it was accepted; look at it, then "
                        + "'skillweaver mcp accept \(Excerpt.of(name))'"
                )
            ]
        } catch {
            guard let known else { return [remark("\(error)")] }
            return records(of: server, known, rejected: [])
                + [remark("\(error); its tools are taken as it listed them last")]
        }
    }

    private func records(
        of server: MCPServerConfiguration,
        _ listing: ServerListing,
        rejected: [String]
    ) -> [SourceRecord] {
        var reader = MCPSkills(server, location: location)
        let skills = reader.skills(listing, rejected: rejected)
        return reader.diagnostics.map(SourceRecord.diagnostic) + skills.map(SourceRecord.skill)
    }

    private func remark(_ message: String) -> SourceRecord {
        .diagnostic(Diagnostic(.warning, code: "mcp-server", message, file: location))
    }
}
