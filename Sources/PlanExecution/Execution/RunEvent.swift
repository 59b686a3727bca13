public import JSONSchema

/// Something that happened in a run, as the journal has it.
public struct RunEvent: Sendable, Hashable {
    /// Id of the run.
    public var run: String
    /// What happened, and when.
    public var entry: JournalEntry

    public init(run: String, entry: JournalEntry) {
        self.run = run
        self.entry = entry
    }

    /// The event on one line: `{"run","sequence","at","kind",…}`, the rest as in the transition.
    public var json: JSONValue {
        var members: JSONObject = [
            "run": .string(run), "sequence": JSONValue(entry.sequence), "at": .string(entry.at.description),
        ]
        for (name, value) in entry.transition.json.objectValue ?? [:] { members[name] = value }
        return .object(members)
    }
}
