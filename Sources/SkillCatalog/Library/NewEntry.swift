/// One indexed text of a skill with what it was encoded as.
package struct NewEntry: Sendable {
    /// The tool; nil for the skill as a whole.
    package var tool: String?
    package var text: IndexedText
    /// Of what was encoded: entries with the same hash have the same encoding.
    package var hash: [UInt8]
    package var encoding: TextEncoding

    package init(tool: String?, text: IndexedText, hash: [UInt8], encoding: TextEncoding) {
        self.tool = tool
        self.text = text
        self.hash = hash
        self.encoding = encoding
    }
}

/// What an encoder makes of one text, as bytes for storage.
package struct TextEncoding: Sendable, Hashable {
    /// The unit vector of the text as a whole.
    package var vector: [UInt8]
    /// The vocabulary's numbers of the pieces that have a state; empty where the encoder gives no states.
    package var pieces: [UInt8]
    /// The states of the pieces.
    package var states: [UInt8]

    package init(vector: [UInt8], pieces: [UInt8] = [], states: [UInt8] = []) {
        self.vector = vector
        self.pieces = pieces
        self.states = states
    }
}
