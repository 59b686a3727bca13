/// The replies of an offline batch, found by conversation and round.
package struct ReplyBatch: Sendable {
    private struct Place: Hashable {
        let id: String
        let round: Int
    }

    private var records: [Place: ReplyRecord] = [:]

    package init() {}

    package var count: Int { records.count }

    /// Takes a reply; false, and nothing changes, when that round of the conversation has one already.
    package mutating func add(_ record: ReplyRecord) -> Bool {
        let place = Place(id: record.id, round: record.round)
        guard records[place] == nil else { return false }
        records[place] = record
        return true
    }

    /// The reply to one round of a conversation, from 0.
    package func reply(to id: String, round: Int) -> ReplyRecord? {
        records[Place(id: id, round: round)]
    }
}
