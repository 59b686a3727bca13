/// How a text is rewritten before it is cut into words: the options of BERT's normaliser.
///
/// Control characters always go and every white space separates words; only what differs between models is an option.
struct TextNormalization: Sendable, Hashable {
    /// Whether words are written in lower case.
    var lowercase = true
    /// Whether letters lose their accents: canonical decomposition, then nonspacing marks are dropped.
    var stripAccents = true
    /// Whether each CJK ideograph is a word by itself.
    var splitChinese = true
}
