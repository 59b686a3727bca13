/// The right word that was probably meant, or nil when none is near.
///
/// Near is a third of the letters changed, added, lost or swapped with a neighbour, at least one; or a start of the
/// right word. Case does not matter. Of equally near words the first counts.
package func nearestWord(to word: String, among candidates: some Sequence<String>) -> String? {
    let letters = Array(word.lowercased().unicodeScalars)
    guard (1...64).contains(letters.count) else { return nil }
    var best: (word: String, distance: Int)?
    for candidate in candidates {
        let other = Array(candidate.lowercased().unicodeScalars)
        let isStart = letters.count >= 2 && other.starts(with: letters)
        let distance = isStart ? 1 : editDistance(letters, other)
        if distance <= max(1, min(letters.count, other.count) / 3), distance < best?.distance ?? .max {
            best = (candidate, distance)
        }
    }
    return best?.word
}

/// Letters to change, add, remove or swap with a neighbour to turn one word into the other (optimal string alignment).
private func editDistance(_ source: [Unicode.Scalar], _ target: [Unicode.Scalar]) -> Int {
    guard !source.isEmpty, !target.isEmpty else { return max(source.count, target.count) }
    var beforePrevious: [Int] = []
    var previous = Array(0...target.count)
    for row in 1...source.count {
        var current = [row]
        for column in 1...target.count {
            let isSame = source[row - 1] == target[column - 1]
            var cost = min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + (isSame ? 0 : 1))
            if row > 1, column > 1, source[row - 1] == target[column - 2], source[row - 2] == target[column - 1] {
                cost = min(cost, beforePrevious[column - 2] + 1)
            }
            current.append(cost)
        }
        (beforePrevious, previous) = (previous, current)
    }
    return previous[target.count]
}
