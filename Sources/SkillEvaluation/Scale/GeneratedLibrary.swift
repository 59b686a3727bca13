package import SkillCatalog

/// A library of any size, made from the texts of a real one: each tool is two real tools crossed.
///
/// The n-th tool takes its name and the beginning of its description from one real text and the end from another, both
/// picked by its number, so that the words of a large library are as frequent, and its vectors as crowded, as those of
/// the real one. The number stands in the name as a word of letters, by which `MixingEmbedder` knows the tool again.
package struct GeneratedLibrary: SkillSource {
    /// A real text that tools are made from.
    package struct Seed: Sendable {
        package var name: String
        package var description: String

        package init(name: String, description: String) {
            self.name = name
            self.description = description
        }
    }

    package let name: String
    let seeds: [Seed]
    let skillCount: Int
    let toolsPerSkill: Int
    /// Number of the first text.
    let start: Int
    /// Whether names carry the word by which `MixingEmbedder` knows a text.
    let isMarked: Bool

    package init(
        name: String = "generated",
        seeds: [Seed],
        skillCount: Int,
        toolsPerSkill: Int,
        start: Int = 0,
        isMarked: Bool = true
    ) {
        self.name = name
        self.seeds = seeds
        self.skillCount = skillCount
        self.toolsPerSkill = toolsPerSkill
        self.start = start
        self.isMarked = isMarked
    }

    package var location: String { "generated:\(name)" }

    package nonisolated(nonsending) func read(_ receive: (SourceRecord) async throws -> Void) async throws {
        for place in 0..<skillCount {
            if place % 256 == 0 { try Task.checkCancellation() }
            try await receive(.skill(skill(place)))
        }
    }

    /// The skill at a place, with its tools.
    func skill(_ place: Int) -> Skill {
        let first = start + place * (toolsPerSkill + 1)
        let own = text(first)
        let tools = (1...toolsPerSkill).map { offset in
            let text = text(first + offset)
            return Tool(name: text.name, description: text.description)
        }
        return Skill(
            id: "\(name)-\(place)",
            name: own.name,
            description: own.description,
            tools: tools,
            origin: SkillOrigin(source: name, file: location)
        )
    }

    private func text(_ number: Int) -> Seed {
        let recipe = MixRecipe(number, of: seeds.count)
        let (one, other) = (seeds[recipe.first], seeds[recipe.second])
        let (head, tail) = (Self.words(one.description), Self.words(other.description))
        let words = head.prefix((head.count + 1) / 2) + tail.suffix(tail.count / 2)
        let mark = isMarked ? MixRecipe.word(for: number) : "number \(number)"
        return Seed(name: "\(one.name) \(mark)", description: words.joined(separator: " "))
    }

    private static func words(_ text: String) -> [Substring] {
        text.prefix(600).split(whereSeparator: \.isWhitespace)
    }
}

/// Which two texts a generated one is crossed from, and in which shares.
struct MixRecipe: Sendable {
    let first: Int
    let second: Int
    /// Share of the first in the vector, .55 to .85.
    let share: Float
    let noiseSeed: UInt64

    init(_ number: Int, of count: Int) {
        var random = RandomSource(seed: UInt64(number))
        first = random.next(below: count)
        second = random.next(below: count)
        share = 0.55 + Float(random.next(below: 301)) / 1_000
        noiseSeed = random.next()
    }

    private static let mark = "zq"
    private static let letters = Array("abcdefghijklmnopqrstuvwxyz")

    /// A number as a word that no language has.
    static func word(for number: Int) -> String {
        var rest = number
        var word: [Character] = []
        repeat {
            word.append(letters[rest % 26])
            rest /= 26
        } while rest > 0
        return mark + String(word)
    }

    /// The number whose word is the first of its kind in a text; nil where there is none.
    static func number(in text: String) -> Int? {
        let words = text.lowercased().split { !$0.isLetter }
        guard let word = words.first(where: { $0.hasPrefix(mark) && $0.count > 2 && $0.count < 12 }) else { return nil }
        var number = 0
        for letter in word.dropFirst(2).reversed() {
            guard let value = letter.asciiValue, (97...122).contains(value) else { return nil }
            number = number * 26 + Int(value - 97)
        }
        return number
    }
}
