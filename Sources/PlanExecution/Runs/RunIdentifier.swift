/// Names of runs: the time of creation and a random word, so that they sort by time and differ on every machine.
package enum RunIdentifier {
    private static let letters = Array("abcdefghjkmnpqrstuvwxyz23456789")

    /// For example `20260501-123005-k7mw2`.
    package static func make(at time: RunTime, using random: inout some RandomNumberGenerator) -> String {
        let digits = time.description.filter { $0.isNumber || $0 == "T" }.split(separator: "T")
        let word = String((0..<5).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] })
        return "\(digits[0])-\(digits[1].prefix(6))-\(word)"
    }
}
