/// Names for skills that nobody named.
enum SkillName {
    private static let passedOver: Set<String> = [
        "a", "an", "the", "and", "then", "of", "to", "in", "it", "from", "for", "with", "me", "my", "please", "its",
        "this",
        "that", "at", "on", "as", "into", "them", "redacted",
    ]

    /// The first words of a request that say something: `download-dataset-transform-create`.
    static func made(of request: String, run: String) -> String {
        let words = request.lowercased().split { !$0.isLetter || !$0.isASCII }.map(String.init)
        let telling = words.filter { $0.utf8.count <= 20 && !passedOver.contains($0) }.prefix(4)
        guard !telling.isEmpty else {
            return "run-\(run.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.lowercased())"
        }
        return telling.joined(separator: "-")
    }

    /// A name fit for an argument.
    static func isIdentifier(_ text: String) -> Bool {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        return isPlain && (1...64).contains(text.utf8.count) && text.first?.isNumber == false
    }
}
