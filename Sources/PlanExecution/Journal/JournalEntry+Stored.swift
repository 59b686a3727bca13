import JSONSchema

extension JournalEntry {
    /// Reads an entry as a database keeps it.
    init(stored body: String, sequence: Int, at milliseconds: Int64, run: String) throws(RunStoreError) {
        do {
            let transition = try RunTransition(json: JSONParser.parse(body))
            self.init(sequence: sequence, at: RunTime(milliseconds: milliseconds), transition: transition)
        } catch {
            let reason = (error as? TransitionSyntaxError)?.reason ?? "\(error)"
            throw .damaged(run: run, "entry \(sequence) cannot be read: \(reason)")
        }
    }
}

extension RunDefinition {
    /// Reads a definition as a database keeps it.
    init(stored text: String, format: Int, run: String) throws(RunStoreError) {
        guard format <= Self.format else {
            throw RunStoreError(
                .newerVersion,
                "run \(run) was written by a newer version (form \(format), this program knows "
                    + "\(Self.format)); update skillweaver"
            )
        }
        do {
            try self.init(json: JSONParser.parse(text))
        } catch {
            throw .damaged(run: run, "\(error)")
        }
    }
}
