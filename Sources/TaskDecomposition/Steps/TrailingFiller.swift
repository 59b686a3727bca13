/// Words at the end of a step that ask nobody for anything.
enum TrailingFiller {
    private static let phrases = [
        "for me", "for us", "please", "thanks", "thank you", "thanks in advance", "if possible", "if you can", "too",
        "as well", "right away", "pls", "would you", "will you", "thank you very much", "thank you so much",
        "thanks a lot", "many thanks", "in advance", "cheers", "at your earliest convenience", "when you have a minute",
        "when you have a moment", "when you have time", "when you get a chance", "if you don't mind",
    ].map { Array($0.utf8) }

    /// Punctuation of two or three bytes that says nothing at the end of a text.
    private static let wideMarks = ["。", "，", "；", "！", "？", "、", "…"].map { Array($0.utf8) }

    /// Removes them, and the punctuation around them, from the end of a text that says more than that.
    static func trim(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var end = bytes.count
        while true {
            end = withoutMarks(bytes, end)
            guard let phrase = phrases.first(where: { ends(bytes, end, with: $0) }) else { break }
            end -= phrase.count
        }
        return end == 0 ? text : String(decoding: bytes[..<end], as: UTF8.self)
    }

    private static func withoutMarks(_ bytes: [UInt8], _ end: Int) -> Int {
        var end = end
        while end > 0 {
            if isMark(bytes[end - 1]) {
                end -= 1
            } else if let mark = wideMarks.first(where: { bytes[..<end].suffix($0.count).elementsEqual($0) }) {
                end -= mark.count
            } else {
                break
            }
        }
        return end
    }

    private static func isMark(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "!"),
            UInt8(ascii: "?"), UInt8(ascii: "-"):
            true
        default:
            false
        }
    }

    /// The phrase stands at the end, as words of its own, after something else.
    private static func ends(_ bytes: [UInt8], _ end: Int, with phrase: [UInt8]) -> Bool {
        guard end > phrase.count, isMark(bytes[end - phrase.count - 1]) else { return false }
        return bytes[(end - phrase.count)..<end].elementsEqual(phrase) { $0 == $1 || $0 | 0x20 == $1 }
    }
}
