/// An expression as it is built from its parts.
indirect enum PatternTree: Sendable {
    case empty
    case scalar(ScalarSet)
    case assertion(PatternAssertion)
    case sequence([PatternTree])
    case choice([PatternTree])
    /// `maximum` nil: without end.
    case repetition(PatternTree, minimum: Int, maximum: Int?)
}

/// A condition on a place between two characters.
enum PatternAssertion: Sendable {
    case start, end, wordBoundary, noWordBoundary

    func holds(at place: PatternPlace) -> Bool {
        switch self {
        case .start: place.previous == nil
        case .end: place.next == nil
        case .wordBoundary: place.isWordBoundary
        case .noWordBoundary: !place.isWordBoundary
        }
    }
}

/// A place in the text: the characters on both sides.
struct PatternPlace {
    var previous: Unicode.Scalar?
    var next: Unicode.Scalar?

    var isWordBoundary: Bool {
        previous.map(ScalarSet.word.contains) ?? false != next.map(ScalarSet.word.contains) ?? false
    }
}

/// One step of an expression that is run.
enum PatternInstruction: Sendable {
    case scalar(ScalarSet)
    case assertion(PatternAssertion)
    case fork(Int, Int)
    case jump(Int)
    case end
}

/// Writes an expression out as instructions.
struct PatternCompiler {
    private var program: [PatternInstruction] = []
    /// Parts written so far: repeating what is empty costs time though it adds no instruction.
    private var parts = 0

    func finished() -> [PatternInstruction] { program + [.end] }

    mutating func emit(_ tree: PatternTree) throws(PatternError) {
        parts += 1
        guard parts <= 4 * Pattern.maximumInstructions else { throw Self.tooLarge }
        switch tree {
        case .empty: break
        case .scalar(let set): try append(.scalar(set))
        case .assertion(let assertion): try append(.assertion(assertion))
        case .sequence(let parts): for part in parts { try emit(part) }
        case .choice(let options): try emitChoice(options[...])
        case .repetition(let part, let minimum, let maximum):
            for _ in 0..<minimum { try emit(part) }
            if let maximum { try emitOptional(part, times: maximum - minimum) } else { try emitLoop(part) }
        }
    }

    private static let tooLarge = PatternError(
        .tooLarge,
        "the expression is too large once its repetitions are written out"
    )

    private mutating func append(_ instruction: PatternInstruction) throws(PatternError) {
        guard program.count < Pattern.maximumInstructions else {
            throw Self.tooLarge
        }
        program.append(instruction)
    }

    private mutating func emitChoice(_ options: ArraySlice<PatternTree>) throws(PatternError) {
        guard let first = options.first else { return }
        guard options.count > 1 else { return try emit(first) }
        let fork = program.count
        try append(.jump(0))
        try emit(first)
        let jump = program.count
        try append(.jump(0))
        program[fork] = .fork(fork + 1, program.count)
        try emitChoice(options.dropFirst())
        program[jump] = .jump(program.count)
    }

    private mutating func emitOptional(_ part: PatternTree, times: Int) throws(PatternError) {
        var forks: [Int] = []
        for _ in 0..<times {
            forks.append(program.count)
            try append(.jump(0))
            try emit(part)
        }
        for fork in forks { program[fork] = .fork(fork + 1, program.count) }
    }

    private mutating func emitLoop(_ part: PatternTree) throws(PatternError) {
        let fork = program.count
        try append(.jump(0))
        try emit(part)
        try append(.jump(fork))
        program[fork] = .fork(fork + 1, program.count)
    }
}
