/// Dots that end an abbreviation rather than a sentence.
enum Abbreviations {
    /// Something always follows these: a name, a number, an example.
    private static let neverLast: Set<String> = [
        "dr", "mr", "mrs", "ms", "prof", "st", "vs", "e.g", "i.e", "eg", "ie", "fig", "approx", "cf", "no", "nos",
        "vol",
        "ed", "eds", "gen", "gov", "sen", "rep", "rev", "sgt", "capt", "col", "lt", "mt", "ave", "blvd", "dept", "est",
        "incl", "excl", "resp", "max", "min", "tel", "ext", "art", "sec", "pp", "num",
    ]

    /// These may end a sentence as well; then a capital and a word that begins sentences follow.
    private static let maybeLast: Set<String> = [
        "inc", "ltd", "corp", "co", "jr", "sr", "llc", "jan", "feb", "mar", "apr", "jun", "jul", "aug",
        "sep", "sept", "oct", "nov", "dec", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "al",
    ]

    /// These end a sentence when a capital follows that does not belong to the time of day.
    private static let clockWords: Set<String> = ["a.m", "p.m", "am", "pm", "etc"]

    private static func isDayName(_ token: Token) -> Bool {
        token.word.hasSuffix("day")
            || ["est", "edt", "cst", "pst", "pdt", "gmt", "utc", "cet", "et", "pt"].contains(token.word)
    }

    /// Whether a dot after one token and before another only abbreviates.
    static func isAbbreviation(_ word: Token, before next: Token?) -> Bool {
        guard !word.word.isEmpty else { return false }
        let isInitial = word.word.utf8.count == 1 && word.isCapitalized && word.word != "i"
        if word.word == "no" || word.word == "nos" { return next?.kind == .number || next?.kind == .identifier }
        if neverLast.contains(word.word) { return isNeverLast(word, before: next) }
        if clockWords.contains(word.word) { return !(next?.isCapitalized ?? true) || next.map(isDayName) ?? false }
        guard isInitial || maybeLast.contains(word.word) || word.kind == .identifier else { return false }
        guard let next else { return false }
        return !(next.isCapitalized && startsSentence(next))
    }

    /// `max`, `art` and their like are words as well; as an abbreviation they stand before a number or a name.
    private static func isNeverLast(_ word: Token, before next: Token?) -> Bool {
        guard let next else { return false }
        if ["ed", "art", "max", "min", "sec", "rep", "gen", "col", "rev"].contains(word.word) {
            return next.kind == .number || (word.isCapitalized && next.isCapitalized && !startsSentence(next))
        }
        return true
    }

    private static func startsSentence(_ token: Token) -> Bool { !token.classes.isEmpty }
}
