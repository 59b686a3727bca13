/// How one word of the command line becomes a value, and how to say so when it does not.
package struct ValueFormat<Value: Sendable>: Sendable {
    /// What a word must be, as it follows "is not": "a whole number from 1 to 100".
    package let expectation: String
    /// What is allowed, short, for help texts; nil where anything goes.
    package let constraint: String?
    package let completion: ValueCompletion
    /// The value of a word, or nil when the word is not what is expected.
    let read: @Sendable (_ word: String) -> Value?
    /// The word that gives a value; for defaults in help texts.
    let write: @Sendable (_ value: Value) -> String

    package init(
        expectation: String,
        constraint: String? = nil,
        completion: ValueCompletion = .nothing,
        read: @escaping @Sendable (_ word: String) -> Value?,
        write: @escaping @Sendable (_ value: Value) -> String
    ) {
        self.expectation = expectation
        self.constraint = constraint
        self.completion = completion
        self.read = read
        self.write = write
    }

    func value(of word: String) throws(ParameterFault) -> Value {
        if let value = read(word) { return value }
        var choices: [String] = []
        if case .words(let words) = completion { choices = words }
        throw .invalid(word: word, expectation: expectation, choices: choices)
    }

    func values(of words: [String]) throws(ParameterFault) -> [Value] {
        var values: [Value] = []
        for word in words { values.append(try value(of: word)) }
        return values
    }
}

/// A type that has a usual form on the command line.
package protocol CommandLineValue: Sendable {
    static var format: ValueFormat<Self> { get }
}
