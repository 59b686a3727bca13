extension String {
    /// This text without what could command a terminal: control characters and changes of writing direction become �.
    ///
    /// Line feeds and tabs stay. Any text that others wrote passes through here before a terminal sees it.
    package var printable: String {
        guard unicodeScalars.contains(where: \.isUnsafeOnTerminals) else { return self }
        var scalars = String.UnicodeScalarView()
        for scalar in unicodeScalars { scalars.append(scalar.isUnsafeOnTerminals ? "\u{FFFD}" : scalar) }
        return String(scalars)
    }
}

extension Unicode.Scalar {
    fileprivate var isUnsafeOnTerminals: Bool {
        switch value {
        case 0x09, 0x0A: false
        case 0..<0x20, 0x7F..<0xA0: true
        // Explicit embeddings, overrides and isolates of bidirectional text, and the two separators.
        case 0x202A...0x202E, 0x2066...0x2069, 0x2028, 0x2029: true
        default: false
        }
    }
}
