/// Fixed expressions of one or more words, each with a meaning, found at a place in a list of tokens.
///
/// A tree of words: looking for an expression costs one step a word, however many expressions there are.
struct PhraseTable<Meaning: Sendable>: Sendable {
    private struct Node: Sendable {
        /// What the words up to here mean; nil when they only begin an expression.
        var meaning: Meaning?
        /// Numbers of the nodes that the next word leads to.
        var next: [String: Int] = [:]
    }

    private var nodes = [Node()]

    /// Adverbs that may stand between two words of an expression.
    private static var longestGap: Int { 4 }

    /// - Parameter phrases: words in lower case, expressions separated by commas, for each meaning.
    init(_ phrases: [(meaning: Meaning, list: String)]) {
        for (meaning, list) in phrases {
            for phrase in list.utf8.split(separator: UInt8(ascii: ",")) {
                insert(phrase.split { $0 <= 0x20 }.map { String(Substring($0)) }, meaning)
            }
        }
    }

    private mutating func insert(_ words: [String], _ meaning: Meaning) {
        var node = 0
        for word in words {
            if let known = nodes[node].next[word] {
                node = known
            } else {
                nodes.append(Node())
                nodes[node].next[word] = nodes.count - 1
                node = nodes.count - 1
            }
        }
        if node > 0 { nodes[node].meaning = meaning }
    }

    /// The longest expression that begins at a token, and where it ends; nil when none does.
    ///
    /// - Parameter letsAdverbsIn: whether adverbs may stand inside, as in "I would also like to".
    func match(
        in tokens: ArraySlice<Token>,
        at start: Int,
        letsAdverbsIn: (Meaning) -> Bool = { _ in false }
    ) -> (meaning: Meaning, end: Int)? {
        var best: (meaning: Meaning, end: Int)?
        var node = 0
        var index = start
        /// Adverbs passed over since the last word, and whether there were any at all.
        var gap = 0
        var isInterrupted = false
        while index < tokens.endIndex {
            if let next = nodes[node].next[tokens[index].word] {
                node = next
                gap = 0
                if let meaning = nodes[node].meaning, !isInterrupted || letsAdverbsIn(meaning) {
                    best = (meaning, index + 1)
                }
            } else if node > 0, gap < Self.longestGap, tokens[index].mayInterrupt, !nodes[node].next.isEmpty {
                gap += 1
                isInterrupted = true
            } else {
                break
            }
            index += 1
        }
        return best
    }
}

extension Token {
    fileprivate var mayInterrupt: Bool { classes.contains(.adverb) || isMark(",") }
}
