import JSONSchema

/// One request of an offline batch, a line of JSON: `{"id", "round", "messages", "parameters"}`.
///
/// A batch is written for all requests of one round, answered by any model, and read back as `ReplyRecord`s before the
/// next round is written.
package struct PromptRecord: Sendable, Hashable {
    /// Which conversation; unique within a batch.
    package var id: String
    /// How many replies the conversation has had, from 0.
    package var round: Int
    package var request: ChatRequest

    package init(id: String, round: Int, request: ChatRequest) {
        self.id = id
        self.round = round
        self.request = request
    }

    /// The record as one line, without its line break.
    package var line: String {
        let record: JSONValue = [
            "id": .string(id),
            "round": .integer(Int64(round)),
            "messages": .array(request.messages.map(\.json)),
            "parameters": request.parameters.json,
        ]
        return record.serialized()
    }

    /// Reads a line; members it does not know are left out.
    package init(line: String) throws(BatchRecordError) {
        let fields = try RecordFields(line: line)
        id = try fields.text("id")
        round = try fields.count("round")
        request = ChatRequest(messages: [], parameters: try ChatParameters(json: fields["parameters"] ?? [:]))
        for message in try fields.list("messages") { request.messages.append(try ChatMessage(json: message)) }
    }
}
