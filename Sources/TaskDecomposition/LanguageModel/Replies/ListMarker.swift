/// The number or the bullet a list item begins with.
struct ListMarker: Equatable {
    enum Kind {
        case number
        case bullet
    }

    let kind: Kind
    /// What follows the marker, without white space around it.
    let rest: String

    /// Reads the marker of a line: `1.`, `2)`, `(3)`, `4、`, `Step 5:`, `第6步：`, `-`, `*`, `•` and their like.
    ///
    /// Headings, quotes and bold type around the marker are passed over. Nil where the line is no list item.
    init?(_ line: some StringProtocol) {
        var text = Substring(line).drop(while: \.isWhitespace)
        text = text.drop { $0 == "#" || $0 == ">" }.drop(while: \.isWhitespace)
        if text.hasPrefix("**") || text.hasPrefix("__") { text = text.dropFirst(2) }
        let found: (Kind, Substring)
        if let rest = Self.afterNumber(text) {
            found = (.number, rest)
        } else if let rest = Self.afterBullet(text) {
            found = (.bullet, rest)
        } else {
            return nil
        }
        kind = found.0
        rest = found.1.trimmingSpaces
    }

    private static let stepWords = [
        "sub-task", "subtask", "task", "step", "schritt", "paso", "étape", "etape", "passo", "passaggio", "krok", "шаг",
        "步骤", "步驟", "第", "ステップ", "手順", "단계",
    ]
    private static let separators: Set<Character> = [".", ")", ":", "、", "．", "）", "：", "]", "步", "-", "–", "—"]

    private static func afterNumber(_ text: Substring) -> Substring? {
        var text = text
        let lowercase = text.prefix(16).lowercased()
        let word = stepWords.first { lowercase.hasPrefix($0) }
        if let word {
            text = text.dropFirst(word.count).drop { $0 == " " }
        } else if let first = text.first, first == "(" || first == "[" || first == "（" {
            text = text.dropFirst()
        }
        let digits = text.prefix { $0.isWholeNumber }
        guard (1...3).contains(digits.count) else { return nil }
        text = text.dropFirst(digits.count)
        if word != nil { text = text.drop { $0 == " " } }
        guard let separator = text.first, separators.contains(separator) else { return nil }
        text = text.dropFirst()
        if separator == "步" || text.first == ":" || text.first == "：" { text = text.drop { $0 == ":" || $0 == "：" } }
        // `1.5 GB` and `10:30` are no list items, and neither is `3-day trip`.
        if let next = text.first, next.isWholeNumber { return nil }
        if "-–—".contains(separator), word == nil, text.first?.isWhitespace != true { return nil }
        return text.hasPrefix("**") ? text.dropFirst(2) : text
    }

    private static func afterBullet(_ text: Substring) -> Substring? {
        guard let bullet = text.first else { return nil }
        let rest = text.dropFirst()
        switch bullet {
        case "-", "*", "+", "–", "—", "·":
            guard rest.first?.isWhitespace == true else { return nil }
        case "•", "‣", "▪", "●", "○", "◦", "→", "➤", "・": break
        default: return nil
        }
        let item = rest.drop(while: \.isWhitespace)
        for box in ["[ ]", "[x]", "[X]"] where item.hasPrefix(box) { return item.dropFirst(box.count) }
        return item
    }
}

extension StringProtocol {
    /// This text without white space at either end.
    var trimmingSpaces: String {
        let start = Substring(self).drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}
