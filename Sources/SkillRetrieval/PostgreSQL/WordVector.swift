import Glibc
import SkillCatalog

/// The words of one entry as PostgreSQL's full text search keeps them: our stems with their places.
///
/// A stem of name or description has weight A at each of its places; one that stands in the details alone has weight D at
/// a single place. Anybody can search the column with a `tsquery` of stems; our scores are the same cosine of TF-IDF that
/// a library on disk computes.
struct WordVector: Sendable, Hashable {
    /// PostgreSQL keeps at most so many places of a lexeme, and none beyond `greatestPlace`.
    private static let mostPlaces = 255
    private static let greatestPlace = 16_383
    private static let longestWord = 2_000
    /// A `tsvector` may not be longer than a mebibyte.
    private static let mostBytes = 500_000

    /// How often each stem stands in name and description; 0 for a stem of the details alone.
    private(set) var counts: [String: Int] = [:]
    private var places: [String: [Int]] = [:]

    init(_ text: IndexedText) {
        var place = 0
        var room = Self.mostBytes
        for word in TermExtractor.indexing.terms(in: text.sentence) where word.utf8.count <= Self.longestWord {
            room -= word.utf8.count + 12
            guard room > 0 else { return }
            place += 1
            counts[word, default: 0] += 1
            places[word, default: []].append(min(place, Self.greatestPlace))
        }
        for word in TermExtractor.indexing.terms(in: text.details) where word.utf8.count <= Self.longestWord {
            guard counts[word] == nil else { continue }
            room -= word.utf8.count + 12
            guard room > 0 else { return }
            place += 1
            counts[word] = 0
            places[word] = [min(place, Self.greatestPlace)]
        }
    }

    /// As text that PostgreSQL reads as a `tsvector`.
    var literal: String {
        counts.sorted { $0.key < $1.key }.map { word, count in
            let label = count > 0 ? "A" : "D"
            let places = (places[word] ?? []).prefix(Self.mostPlaces).map { "\($0)\(label)" }
            return "\(Self.quoted(word)):\(places.joined(separator: ","))"
        }.joined(separator: " ")
    }

    /// The length of its TF-IDF vector; words of the details alone do not count.
    func length(_ weight: (String) -> Double) -> Double {
        counts.sorted { $0.key < $1.key }.reduce(0) { sum, word in
            guard word.value > 0 else { return sum }
            let value = WordWeight.frequency(word.value) * weight(word.key)
            return sum + value * value
        }.squareRoot()
    }

    /// A stem in a `tsvector` or a `tsquery`.
    static func quoted(_ word: String) -> String {
        "'\(word.replacing("\\", with: "\\\\").replacing("'", with: "''"))'"
    }
}

/// How words weigh, as in a library on disk.
enum WordWeight {
    /// What a word counts that stands in an entry's details alone.
    static let details = 0.3

    static func frequency(_ count: Int) -> Double { 1 + log(Double(count)) }

    static func rarity(_ frequency: Int, among entries: Int) -> Double {
        log(Double(1 + entries) / Double(1 + frequency)) + 1
    }
}
