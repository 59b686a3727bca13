import JSONSchema

/// One request of an offline batch, a line of JSON: `{"id", "round", "messages", "parameters"}`, and `tools`,
/// `tool_choice` and `response_format` where the request has them.
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
        var record: JSONObject = ["id": .string(id), "round": .integer(Int64(round))]
        for (name, value) in request.json { record[name] = value }
        return JSONValue.object(record).serialized()
    }

    /// Reads a line; members it does not know are left out.
    package init(line: String) throws(BatchRecordError) {
        let fields = try RecordFields(line: line)
        id = try fields.text("id")
        round = try fields.count("round")
        request = try ChatRequest(json: .object(fields.members))
    }
}
