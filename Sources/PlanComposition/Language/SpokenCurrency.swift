/// Finds the currency that a text speaks of.
enum SpokenCurrency {
    /// The ISO 4217 code where the words name exactly one currency, by a sign or in words; nil for none or several.
    static func only(in words: [RequestToken]) -> String? {
        var codes: Set<String> = []
        for (index, word) in words.enumerated() {
            if case .number(_, .money) = word.literal {
                // The reader of numbers takes the sign off; the literal's text has it still.
                if let code = word.text.first.flatMap({ ValueLexicon.currency(sign: $0) }) { codes.insert(code) }
            } else if word.isWord,
                let code = ValueLexicon.currency(word.text, before: index > 0 ? words[index - 1].text : nil),
                word.text.count > 3 || word.written.first?.isUppercase == true
            {
                codes.insert(code)
            }
        }
        return codes.count == 1 ? codes.first : nil
    }
}
