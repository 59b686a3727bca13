/// A regular expression of JSON Schema (ECMA-262 syntax), matched in time linear in the text.
///
/// Patterns come from strangers, so none may take exponential time: the expression is run as a set of states over the
/// text, never by going back (Thompson's construction). What cannot be matched that way, look-around and
/// back-references, is refused when the pattern is read.
public struct Pattern: Sendable, Hashable {
    /// The expression as it was written.
    public let source: String
    private let program: [PatternInstruction]

    /// Reads an expression.
    ///
    /// - Throws: `PatternError` for wrong syntax, for what is not supported, and for expressions that would need more
    ///   than `maximumInstructions`.
    public init(_ source: String) throws(PatternError) {
        var parser = PatternParser(source)
        let tree = try parser.parse()
        var compiler = PatternCompiler()
        try compiler.emit(tree)
        program = compiler.finished()
        self.source = source
    }

    /// Largest expression, after repetitions such as `{3,5}` were written out.
    public static let maximumInstructions = 20_000

    public static func == (left: Pattern, right: Pattern) -> Bool { left.source == right.source }
    public func hash(into hasher: inout Hasher) { hasher.combine(source) }

    /// Whether the expression matches anywhere in the text.
    public func matches(_ text: String) -> Bool {
        var states = PatternStates(capacity: program.count)
        var next = PatternStates(capacity: program.count)
        var previous: Unicode.Scalar?
        var scalars = text.unicodeScalars.makeIterator()
        var current = scalars.next()
        while true {
            let place = PatternPlace(previous: previous, next: current)
            if follow(0, at: place, into: &states) { return true }
            guard let scalar = current else { return false }
            current = scalars.next()
            let after = PatternPlace(previous: scalar, next: current)
            for index in states.members {
                guard case .scalar(let set) = program[index], set.contains(scalar) else { continue }
                if follow(index + 1, at: after, into: &next) { return true }
            }
            swap(&states, &next)
            next.removeAll()
            previous = scalar
        }
    }

    /// Adds every state that can be reached without reading; true when one of them is the end.
    private func follow(_ start: Int, at place: PatternPlace, into states: inout PatternStates) -> Bool {
        var pending = [start]
        while let index = pending.popLast() {
            guard states.insert(index) else { continue }
            switch program[index] {
            case .scalar: break
            case .end: return true
            case .jump(let target): pending.append(target)
            case .fork(let first, let second): pending += [second, first]
            case .assertion(let assertion): if assertion.holds(at: place) { pending.append(index + 1) }
            }
        }
        return false
    }
}

/// Why an expression cannot be used.
public struct PatternError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong with a pattern.
    public enum Kind: String, Sendable, Hashable {
        case syntax
        /// Look-around, back-references, properties of characters that are not known here.
        case unsupported
        case tooLarge = "too-large"
    }

    public var kind: Kind
    public var description: String

    init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}

/// The states a match can be in, each once.
private struct PatternStates {
    private(set) var members: [Int] = []
    private var isMember: [Bool]

    init(capacity: Int) { isMember = Array(repeating: false, count: capacity) }

    mutating func insert(_ index: Int) -> Bool {
        guard !isMember[index] else { return false }
        isMember[index] = true
        members.append(index)
        return true
    }

    mutating func removeAll() {
        for index in members { isMember[index] = false }
        members.removeAll(keepingCapacity: true)
    }
}
