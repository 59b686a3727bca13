import SkillCatalog
import Storage
import Synchronization
import TestSupport
import Testing

@testable import SkillRetrieval

@Suite("Reading only what changed")
struct IncrementalReadingTests {
    /// Random edits of two lists: lines added, removed, moved, changed, doubled, broken; ids shared by both.
    @Test("comes to the same library as reading everything", arguments: 1...6)
    func equivalence(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        try await withTemporaryFolder { folder in
            let indexer = LibraryIndexer(embedder: WordEmbedder())
            let location = LibraryLocation(folder: "\(folder)/lib")
            let files = ["\(folder)/one.jsonl", "\(folder)/two.jsonl"]
            var lists: [[String]] = [[], []]
            for list in lists.indices {
                lists[list] = (0..<8).map { _ in Self.line(&generator) }
            }
            for round in 0..<6 {
                for (file, lines) in zip(files, lists) { try write(lines.joined(separator: "\n") + "\n", to: file) }
                let sources = files.map { JSONLinesFile(path: $0) }
                let report = try await indexer.index(sources, into: location)
                let fresh = LibraryLocation(folder: "\(folder)/fresh-\(round)")
                let full = try await indexer.index(sources, into: fresh)
                let (left, right) = (try await LibraryContent(location), try await LibraryContent(fresh))
                #expect(left == right, "seed \(seed), round \(round)")
                let different = Set(report.diagnostics).symmetricDifference(full.diagnostics)
                #expect(different.isEmpty, "seed \(seed), round \(round)")
                let again = try await indexer.index(sources, into: location)
                #expect(again.counts.isEmpty)
                #expect(again.counts.unchanged == left.skills.count)
                for list in lists.indices { Self.edit(&lists[list], &generator) }
            }
        }
    }

    private static func line(_ generator: inout SeededGenerator) -> String {
        let id = "s\(Int.random(in: 0..<12, using: &generator))"
        let text = "does \(Int.random(in: 0..<5, using: &generator))"
        if Int.random(in: 0..<12, using: &generator) == 0 { return #"{"id":"\#(id)"# }
        return #"{"id":"\#(id)","name":"n\#(id)","description":"\#(text)"}"#
    }

    private static func edit(_ lines: inout [String], _ generator: inout SeededGenerator) {
        for _ in 0..<Int.random(in: 0..<4, using: &generator) {
            let place = Int.random(in: 0..<lines.count, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: lines.insert(line(&generator), at: place)
            case 1 where lines.count > 4: lines.remove(at: place)
            case 2: lines[place] = line(&generator)
            case 3: lines.insert(lines[place], at: Int.random(in: 0..<lines.count, using: &generator))
            default: lines.swapAt(place, Int.random(in: 0..<lines.count, using: &generator))
            }
        }
    }

    @Test("of a skill folder sees every change to its files, and embeds only what is new")
    func folders() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let indexer = LibraryIndexer(embedder: WordEmbedder())
            for name in ["a", "b", "c"] { try write("# Does \(name)\n", to: "\(folder)/skills/\(name)/SKILL.md") }
            let source = AgentSkillsFolder(path: "\(folder)/skills")
            #expect(try await indexer.index([source], into: location).counts.added == 3)
            #expect(try await indexer.index([source], into: location).counts.unchanged == 3)
            try write("# Does b differently\n", to: "\(folder)/skills/b/SKILL.md")
            let changed = try await indexer.index([source], into: location)
            #expect(changed.counts.changed == 1)
            #expect(changed.counts.unchanged == 2)
            #expect(changed.embeddedTexts == 1)
            try write(
                #"[{"name":"t","description":"d","input_schema":{"type":"object"}}]"#,
                to: "\(folder)/skills/a/schema.json"
            )
            #expect(try await indexer.index([source], into: location).counts.changed == 1)
            FileSystem.remove("\(folder)/skills/c/SKILL.md")
            #expect(try await indexer.index([source], into: location).counts.removed == 1)
        }
    }

    @Test("says again what is wrong with records that did not change")
    func remarks() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let file = "\(folder)/list.jsonl"
            try write("{\"id\":\"a\",\"description\":\"d\"}\nnonsense\n{\"id\":\"b\"}\n", to: file)
            let indexer = LibraryIndexer(embedder: WordEmbedder())
            let first = try await indexer.index([JSONLinesFile(path: file)], into: location)
            let second = try await indexer.index([JSONLinesFile(path: file)], into: location)
            #expect(first.diagnostics.map(\.code) == ["invalid-json", "missing-description"])
            #expect(second.diagnostics == first.diagnostics)
            #expect(second.counts.isEmpty)
        }
    }

    @Test("takes a record that only moved for unchanged, and knows its new line")
    func moved() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let file = "\(folder)/list.jsonl"
            let one = #"{"id":"a","description":"d"}"#
            try write(one, to: file)
            let indexer = LibraryIndexer(embedder: WordEmbedder())
            _ = try await indexer.index([JSONLinesFile(path: file)], into: location)
            try write("\n\n" + one, to: file)
            let report = try await indexer.index([JSONLinesFile(path: file)], into: location)
            #expect(report.counts.isEmpty)
            let library = try SkillLibrary(at: location)
            #expect(try await library.skill("a")?.origin.line == 3)
            // Readers need not open anything anew for that.
            #expect(try await library.summary().generation == 1)
        }
    }

    @Test("reads on when a line is still being written, and takes it when it is whole")
    func halfWritten() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let file = "\(folder)/list.jsonl"
            let lines = ["a", "b"].map { #"{"id":"\#($0)","description":"does \#($0)"}"# }
            let indexer = LibraryIndexer(embedder: WordEmbedder())
            try write(lines[0] + "\n" + lines[1].prefix(12), to: file)
            let first = try await indexer.index([JSONLinesFile(path: file)], into: location)
            #expect(first.diagnostics.map(\.code) == ["invalid-json"])
            #expect(try await LibraryContent(location).skills.keys.sorted() == ["a"])
            try write(lines.joined(separator: "\n"), to: file)
            let second = try await indexer.index([JSONLinesFile(path: file)], into: location)
            #expect(second.counts.added == 1)
            #expect(second.diagnostics.isEmpty)
        }
    }
}

@Suite("What an update tells the index")
struct EntryChangesTests {
    /// Keeps the changes it is given instead of files.
    final class RecordingWriter: IndexWriter {
        let seen = Mutex<[EntryChanges]>([])

        func write(
            generation: Int,
            previous: Int,
            changes: EntryChanges,
            dimensions: Int,
            from update: LibraryUpdate
        ) async throws {
            seen.withLock { $0.append(changes) }
            try await WholeIndexWriter().write(
                generation: generation,
                previous: previous,
                changes: changes,
                dimensions: dimensions,
                from: update
            )
        }

        func discard(generation: Int, at location: LibraryLocation) {}
        func clean(keeping generation: Int, at location: LibraryLocation) {}
    }

    private func numbers(_ location: LibraryLocation) async throws -> Set<Int64> {
        Set(try await SkillLibrary(at: location).vectors(after: -1, limit: 10_000).map(\.number))
    }

    @Test("is exactly which entries came and went, under numbers that never come back", arguments: 1...6)
    func changes(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let writer = RecordingWriter()
            let indexer = LibraryIndexer(embedder: WordEmbedder(), writer: writer)
            var everUsed: Set<Int64> = []
            var before: Set<Int64> = []
            for _ in 0..<10 {
                let skills =
                    (0..<6).filter { _ in Bool.random(using: &generator) }.map { id in
                        makeSkill(
                            "s\(id)",
                            "text \(Int.random(in: 0..<3, using: &generator))",
                            tools: (0..<Int.random(in: 0..<3, using: &generator)).map {
                                Tool(name: "t\($0)", description: "d\(Int.random(in: 0..<2, using: &generator))")
                            }
                        )
                    } + [makeSkill("always", "there")]
                writer.seen.withLock { $0 = [] }
                _ = try await indexer.index([ListSource(skills)], into: location)
                let after = try await numbers(location)
                let changes = writer.seen.withLock(\.self).first ?? EntryChanges()
                #expect(Set(changes.added) == after.subtracting(before))
                #expect(Set(changes.removed) == before.subtracting(after))
                #expect(changes.added == changes.added.sorted())
                #expect(everUsed.isDisjoint(with: changes.added))
                everUsed.formUnion(after)
                before = after
            }
        }
    }
}
