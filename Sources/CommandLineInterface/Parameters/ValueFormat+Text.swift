extension ValueFormat where Value == String {
    /// Any text, also an empty one.
    package static var text: Self { text(expectation: "a text") { _ in true } }

    /// Text with at least one character that is not white space.
    package static var nonBlank: Self {
        text(expectation: "a text with words in it") { word in word.contains { !$0.isWhitespace } }
    }

    /// The path of a file, which need not exist.
    package static var file: Self {
        text(expectation: "the path of a file", completion: .file) { !$0.isEmpty }
    }

    /// The path of a folder, which need not exist.
    package static var folder: Self {
        text(expectation: "the path of a folder", completion: .folder) { !$0.isEmpty }
    }

    /// One of a few words that are known when the program starts.
    package static func word(oneOf words: [String]) -> Self {
        text(
            expectation: "one of \(words.joined(separator: ", "))",
            constraint: words.joined(separator: ", "),
            completion: .words(words)
        ) { words.contains($0) }
    }

    private static func text(
        expectation: String,
        constraint: String? = nil,
        completion: ValueCompletion = .nothing,
        isValid: @escaping @Sendable (String) -> Bool
    ) -> Self {
        ValueFormat(
            expectation: expectation,
            constraint: constraint,
            completion: completion,
            read: { isValid($0) ? $0 : nil },
            write: { $0 }
        )
    }
}

extension String: CommandLineValue {
    package static var format: ValueFormat<String> { .text }
}

/// An enumeration of words is a choice: the raw values are what the user writes.
extension CommandLineValue where Self: CaseIterable & RawRepresentable, RawValue == String {
    package static var format: ValueFormat<Self> {
        let words = allCases.map(\.rawValue)
        return ValueFormat(
            expectation: "one of \(words.joined(separator: ", "))",
            constraint: words.joined(separator: ", "),
            completion: .words(words),
            read: { Self(rawValue: $0) },
            write: { $0.rawValue }
        )
    }
}
