/// Reduces an English word to what its forms have in common: `translate`, `translated` and `translation` become one.
///
/// A stem is a key for comparing, not a word to show. Over-reduction is accepted where it joins a verb with its noun.
package enum WordStem {
    /// The stem of one lower-case word; words of other alphabets come back unchanged.
    package static func of(_ word: String) -> String {
        if let known = irregular[word] { return known }
        guard word.utf8.count > 3, word.utf8.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }) else {
            return word
        }
        for suffix in longSuffixes where word.hasSuffix(suffix) && word.utf8.count - suffix.utf8.count >= 4 {
            return String(word.dropLast(suffix.utf8.count))
        }
        for suffix in ["ies", "ie", "y"] where word.hasSuffix(suffix) && word.utf8.count - suffix.utf8.count >= 2 {
            return word.dropLast(suffix.utf8.count) + "i"
        }
        for suffix in shortSuffixes where word.hasSuffix(suffix) && word.utf8.count - suffix.utf8.count >= 3 {
            if suffix == "s" && (word.hasSuffix("ss") || word.hasSuffix("us") || word.hasSuffix("is")) { return word }
            return withoutDoubledEnd(String(word.dropLast(suffix.utf8.count)))
        }
        return word
    }

    private static let longSuffixes = ["ations", "ation", "ating", "ated", "ates", "ators", "ator", "ate"]
    private static let shortSuffixes = ["ions", "ion", "ings", "ing", "ed", "es", "s", "e"]

    /// `shipping` and `planned` double the consonant that `ship` and `plan` end in; `fill` and `pass` own theirs.
    private static func withoutDoubledEnd(_ stem: String) -> String {
        let end = Array(stem.utf8.suffix(2))
        guard end.count == 2, end[0] == end[1], stem.utf8.count > 3, !"aeioulsz".utf8.contains(end[1]) else {
            return stem
        }
        return String(stem.dropLast())
    }

    private static let irregular: [String: String] = [
        "analysis": "analy", "analyses": "analy", "analyze": "analy", "analyzed": "analy", "analyzing": "analy",
        "analyse": "analy", "analysed": "analy", "analysing": "analy", "analytics": "analy",
        "summary": "summar", "summaries": "summar", "summarize": "summar", "summarized": "summar",
        "summarizing": "summar", "summarise": "summar", "summarised": "summar", "summarization": "summar",
        "visual": "visual", "visualize": "visual", "visualized": "visual", "visualization": "visual",
        "visualizations": "visual", "visualise": "visual", "visualisation": "visual",
        "conversion": "convert", "conversions": "convert", "subscription": "subscrib", "description": "describ",
        "transcription": "transcrib", "transcript": "transcrib", "transcripts": "transcrib",
        "sent": "send", "found": "find", "written": "write", "wrote": "write", "built": "build", "made": "make",
        "registration": "register", "bought": "buy", "taken": "take", "took": "take", "got": "get", "gotten": "get",
        "drawn": "draw",
        "booked": "book", "news": "news", "data": "data", "status": "status", "series": "series",
        "id": "id", "ids": "id", "identifier": "id", "identifiers": "id",
        "weight": "weigh", "weights": "weigh", "paid": "pay", "sold": "sell", "spent": "spend", "sales": "sal",
        "children": "child", "people": "person", "feet": "foot", "indices": "index", "criteria": "criterion",
    ]
}
