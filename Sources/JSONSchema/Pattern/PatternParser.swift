/// Reads the syntax of an expression.
struct PatternParser {
    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var depth = 0

    private static let maximumDepth = 200
    private static let maximumCount = 1_000

    init(_ source: String) { scalars = Array(source.unicodeScalars) }

    mutating func parse() throws(PatternError) -> PatternTree {
        let tree = try choice()
        guard index == scalars.count else { throw syntax("')' without '('") }
        return tree
    }

    private mutating func choice() throws(PatternError) -> PatternTree {
        var options = [try sequence()]
        while take("|") { options.append(try sequence()) }
        return options.count == 1 ? options[0] : .choice(options)
    }

    private mutating func sequence() throws(PatternError) -> PatternTree {
        var parts: [PatternTree] = []
        while let scalar = peek(), scalar != "|", scalar != ")" {
            parts.append(try quantified(try atom()))
        }
        return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .sequence(parts)
    }

    private mutating func atom() throws(PatternError) -> PatternTree {
        guard let scalar = next() else { throw syntax("the expression ends too early") }
        switch scalar {
        case "^": return .assertion(.start)
        case "$": return .assertion(.end)
        case ".": return .scalar(.anyButLineEnd)
        case "(": return try group()
        case "[":
            var parser = ScalarClassParser(scalars: scalars, index: index)
            let set = try parser.parse()
            index = parser.index
            return .scalar(set)
        case "\\":
            if take("b") { return .assertion(.wordBoundary) }
            if take("B") { return .assertion(.noWordBoundary) }
            var parser = ScalarEscapeParser(scalars: scalars, index: index, isInClass: false)
            let set = try parser.parse()
            index = parser.index
            return .scalar(set)
        case "*", "+", "?": throw syntax("nothing to repeat before '\(scalar)'")
        default: return .scalar(ScalarSet(scalar))
        }
    }

    private mutating func group() throws(PatternError) -> PatternTree {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.maximumDepth else { throw PatternError(.tooLarge, "groups are nested too deeply") }
        if take("?") {
            if take(":") {
            } else if take("<"), peek() != "=", peek() != "!" {
                while let scalar = next(), scalar != ">" {}
            } else {
                throw PatternError(.unsupported, "look-ahead and look-behind are not supported")
            }
        }
        let tree = try choice()
        guard take(")") else { throw syntax("'(' without ')'") }
        return tree
    }

    private mutating func quantified(_ tree: PatternTree) throws(PatternError) -> PatternTree {
        let bounds: (Int, Int?)
        if take("*") {
            bounds = (0, nil)
        } else if take("+") {
            bounds = (1, nil)
        } else if take("?") {
            bounds = (0, 1)
        } else if let counted = try counts() {
            bounds = counted
        } else {
            return tree
        }
        // Whether it matches does not depend on how much is taken first.
        _ = take("?")
        if case .assertion = tree { return bounds.0 == 0 ? .empty : tree }
        if let symbol = peek(), symbol == "*" || symbol == "+" || symbol == "?" {
            throw syntax("nothing to repeat before '\(symbol)'")
        }
        return .repetition(tree, minimum: bounds.0, maximum: bounds.1)
    }

    /// `{2}`, `{2,}` or `{2,5}`; a brace that opens nothing of the kind stands for itself.
    private mutating func counts() throws(PatternError) -> (Int, Int?)? {
        let start = index
        guard take("{"), let minimum = number() else { return rewind(to: start) }
        var maximum: Int? = minimum
        if take(",") { maximum = number() }
        guard take("}") else { return rewind(to: start) }
        guard minimum <= Self.maximumCount, maximum ?? 0 <= Self.maximumCount else {
            throw PatternError(.tooLarge, "more than \(Self.maximumCount) repetitions")
        }
        if let maximum, maximum < minimum { throw syntax("repetitions are out of order") }
        return (minimum, maximum)
    }

    private mutating func rewind(to start: Int) -> (Int, Int?)? {
        index = start
        return nil
    }

    private mutating func number() -> Int? {
        var value: Int?
        while let digit = peek().flatMap({ $0.isASCII ? Character($0).wholeNumberValue : nil }) {
            value = min((value ?? 0) * 10 + digit, 1_000_000)
            index += 1
        }
        return value
    }

    private func peek() -> Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    private mutating func next() -> Unicode.Scalar? {
        guard let scalar = peek() else { return nil }
        index += 1
        return scalar
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek() == scalar else { return false }
        index += 1
        return true
    }

    private func syntax(_ reason: String) -> PatternError { PatternError(.syntax, "\(reason), at character \(index)") }
}
