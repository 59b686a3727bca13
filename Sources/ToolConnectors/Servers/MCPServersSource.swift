import ModelContextProtocol
public import SkillCatalog
import Storage

/// The servers of one configuration as a source of skills: each server is asked for its tools.
///
/// Servers are asked side by side. One that cannot be asked now keeps the skills a library has of it.
public struct MCPServersSource: SkillSource {
    public let name: String
    public let location: String
    private let pool: MCPServerPool
    private let pins: MCPToolPins
    /// Servers that are asked at once.
    private static let width = 8

    package init(pool: MCPServerPool, pins: MCPToolPins, location: String, name: String = "mcp") {
        self.pool = pool
        self.pins = pins
        self.location = location
        self.name = name
    }

    public nonisolated(nonsending) func read(_ receive: (SourceRecord) async throws -> Void) async throws {
        for (_, answer) in await answers() {
            for record in answer.records { try await receive(record) }
        }
    }

    public nonisolated(nonsending) func read(
        since known: KnownRecords,
        _ receive: (SourceDelivery) async throws -> Void
    ) async throws {
        for (_, answer) in await answers() {
            for record in answer.records { try await receive(.record(record, stamp: nil)) }
        }
    }

    public func changes(_ pace: WatchPace) -> AsyncStream<SourceChange> {
        AsyncStream { $0.finish() }
    }

    private struct Answer: Sendable {
        var records: [SourceRecord]
    }

    private func answers() async -> [(String, Answer)] {
        let (pool, pins, location) = (pool, pins, location)
        return await withTaskGroup(of: (String, Answer).self) { group in
            var waiting = pool.names[...]
            var answers: [String: Answer] = [:]
            for _ in 0..<Self.width {
                guard let next = waiting.popFirst() else { break }
                group.addTask { (next, await Self.ask(next, pool, pins, location)) }
            }
            while let (name, answer) = await group.next() {
                answers[name] = answer
                if let next = waiting.popFirst() {
                    group.addTask { (next, await Self.ask(next, pool, pins, location)) }
                }
            }
            return pool.names.compactMap { name in answers[name].map { (name, $0) } }
        }
    }

    private static func ask(
        _ name: String,
        _ pool: MCPServerPool,
        _ pins: MCPToolPins,
        _ location: String
    ) async -> Answer {
        func problem(_ message: String, _ severity: Diagnostic.Severity = .warning) -> SourceRecord {
            .diagnostic(Diagnostic(severity, code: "mcp-server", message, file: location))
        }
        guard let connection = pool.connection(name), !connection.configuration.isDisabled else {
            return Answer(records: [])
        }
        do {
            let (listing, instructions) = try await connection.tools()
            var reader = MCPSkills(connection.configuration, location: location)
            let skills = reader.skills(listing, instructions: instructions)
            var records = reader.diagnostics.map(SourceRecord.diagnostic) + skills.map(SourceRecord.skill)
            let review = try pins.review(listing.items, of: name)
            if !review.changed.isEmpty {
                records.append(
                    problem(
                        "\(Excerpt.of(name)): the definition of \(review.changed.map { Excerpt.of($0) }.joined(separator: ", ")) "
                            + "has changed since it was accepted; look at it, then 'skillweaver mcp accept \(Excerpt.of(name))'"
                    )
                )
            }
            return Answer(records: records)
        } catch {
            return Answer(records: [problem("\(error)")])
        }
    }
}
