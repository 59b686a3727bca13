import SkillCatalog
import Testing
import TextEmbedding

@testable import SkillRetrieval

@Suite("Words of a library")
struct LibrarySignalsTests {
    private static let texts = [
        ("send mail", "send an e-mail to people"), ("chart", "draws bar charts"),
        ("sendMessage", "posts a text message"),
        ("owner/mail-reader", "reads e-mails from a mailbox"), ("files", "reads and writes files"),
    ]

    private static func rows(_ range: Range<Int>) -> [IndexedRow] {
        range.map { number in
            let text = texts[number % texts.count]
            var vector = [Float](repeating: 0, count: 4)
            vector[number % 4] = 1
            return IndexedRow(
                number: Int64(number),
                skill: Int64(number / 2),
                isTool: number % 2 == 1,
                text: IndexedText(name: text.0, description: "\(text.1) \(number)", details: "detail\(number)"),
                encoding: TextEncoding(vector: VectorBlob.encode(vector[...]), pieces: PieceBlob.encode([7, 9]))
            )
        }
    }

    private static func table(_ range: Range<Int>, background: SignalTable? = nil) throws -> [UInt8] {
        var builder = SignalTableBuilder(dimensions: 4, background: background)
        builder.add(rows(range))
        return builder.build()
    }

    private static func scores(_ signals: LibrarySignals, _ text: String) -> [Int64: Float] {
        let matches = signals.match(TermExtractor.indexing.terms(in: text))
        return signals.withEntries { entries in
            Dictionary(uniqueKeysWithValues: matches.touched.map { (entries[$0].number, matches.scores[$0]) })
        }
    }

    @Test(
        "find stems and the parts of identifiers",
        arguments: [
            ("sending mails", [0, 2, 3]), ("message", [2]), ("bar chart", [1]), ("mailbox reader", [3]),
        ]
    )
    func matching(text: String, numbers: [Int64]) throws {
        let signals = try LibrarySignals(Self.table(0..<5))
        let scores = Self.scores(signals, text)
        #expect(Set(scores.keys) == Set(numbers))
        #expect(scores.max { $0.value < $1.value }?.key == numbers.first)
        #expect(scores.values.allSatisfy { $0 > 0 && $0 <= 1.001 })
    }

    @Test("say what each word adds, and the parts add up to the whole")
    func shares() throws {
        let signals = try LibrarySignals(Self.table(0..<5))
        let terms = TermExtractor.indexing.terms(in: "send mail to the unheard of people")
        let shares = signals.shares(of: terms, number: 0)
        let whole = signals.withEntries { $0.place(of: 0) }.map { signals.match(terms).scores[$0] } ?? 0
        #expect(abs(shares.values.reduce(0, +) - Double(whole)) < 0.001)
        #expect(signals.shares(of: terms, number: 99).isEmpty)
    }

    @Test("are the same in two tables as in one, but for how rare words were when the first was made")
    func segments() throws {
        let whole = try LibrarySignals(Self.table(0..<300))
        let base = try SignalTable(Self.table(0..<290))
        let recent = try SignalTable(Self.table(290..<300, background: base))
        let parts = LibrarySignals(base: base, recent: recent)
        #expect(parts.count == whole.count)
        for text in ["send mail", "bar chart 295", "reads files"] {
            let right = Self.scores(whole, text)
            let found = Self.scores(parts, text)
            #expect(Set(right.keys) == Set(found.keys))
            for (number, score) in right { #expect(abs(score - (found[number] ?? 0)) < 0.03, "\(text) \(number)") }
        }
        #expect(parts.pieceFrequency(7) == 300)
        let (left, right) = (parts.denseStatistics(of: [1, 0, 0, 0]), whole.denseStatistics(of: [1, 0, 0, 0]))
        #expect(abs(left.mean - right.mean) < 1e-5 && abs(left.deviation - right.deviation) < 1e-5)
    }

    @Test("do not name entries that are gone")
    func gone() throws {
        let base = try SignalTable(Self.table(0..<5))
        let signals = LibrarySignals(base: base, gone: base.numbers(besides: [0, 1, 4]))
        #expect(signals.count == 3)
        #expect(signals.gone == [2, 3])
        let places = signals.withEntries { entries in (0..<5).map { entries.place(of: Int64($0)) } }
        #expect(places == [0, 1, nil, nil, 4])
    }

    @Test(
        "refuse a file that is cut off, changed or of another kind",
        arguments: ["cut", "long", "bit", "magic", "empty"]
    )
    func damaged(how: String) throws {
        var bytes = try Self.table(0..<5)
        switch how {
        case "cut": bytes.removeLast(9)
        case "long": bytes += [0]
        case "bit": bytes[bytes.count / 2] ^= 4
        case "magic": bytes[0] ^= 1
        default: bytes = []
        }
        #expect(throws: VectorIndexError.self) { try SignalTable(bytes) }
    }
}
