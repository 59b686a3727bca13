/// Pairs of words that "and" joins into one thing.
enum Idioms {
    private static let pairs: Set<String> = [
        "terms conditions", "pros cons", "drag drop", "search replace", "find replace", "copy paste", "cut paste",
        "research development", "compare contrast", "trial error", "question answer", "questions answers", "safe sound",
        "read write", "input output", "supply demand", "food beverage", "arts crafts", "rock roll", "black white",
        "health safety", "mix match", "pick choose", "wait see", "back forth", "up running", "try see", "r d", "q a",
        "profit loss", "dos don'ts", "do don't", "before after", "start end", "check in", "plug play", "point click",
        "command control", "data analytics", "track trace", "name address", "first foremost", "over over",
    ]

    /// Whether "and" between two words makes one expression of them.
    static func isPair(_ left: Token, _ right: Token) -> Bool {
        !left.word.isEmpty && !right.word.isEmpty && pairs.contains("\(left.word) \(right.word)")
    }
}
