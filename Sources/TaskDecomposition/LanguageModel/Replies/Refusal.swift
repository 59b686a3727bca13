/// Recognises a reply in which a model declines instead of answering.
enum Refusal {
    /// How refusals begin, in the languages models are most used in; lower case, straight apostrophes.
    private static let openings = [
        "i'm sorry", "i am sorry", "sorry,", "sorry but", "i apologize", "i apologise", "i cannot", "i can't",
        "i can not", "i'm unable", "i am unable", "i'm not able", "i am not able", "i won't", "i will not",
        "i must decline", "as an ai ", "as an ai,", "unfortunately, i",
        "es tut mir leid", "tut mir leid", "ich kann nicht", "ich kann dir dabei nicht", "ich kann ihnen dabei nicht",
        "als ki ", "je suis désolé", "désolé,", "je ne peux pas", "lo siento", "no puedo", "sinto muito", "desculpe",
        "não posso", "mi dispiace", "non posso", "抱歉", "很抱歉", "对不起", "對不起", "我无法", "我不能", "申し訳",
        "すみません", "죄송", "извините", "к сожалению, я", "я не могу",
    ]

    /// Whether a text begins as refusals do.
    static func isRefusal(_ text: some StringProtocol) -> Bool {
        let opening = text.drop { !$0.isLetter }.prefix(40).lowercased().replacing("’", with: "'")
        return openings.contains { opening.hasPrefix($0) }
    }
}
