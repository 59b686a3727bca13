import SkillCatalog
import Storage
import Synchronization
import TestSupport
import Testing

@testable import SkillRetrieval

@Suite("Keeping a library in step", .timeLimit(.minutes(1 * Sanitizer.patience)))
struct LibraryWatchTests {
    private let mail = makeSkill("mail", "send an e-mail")
    private let chart = makeSkill("chart", "draw a chart")

    /// What a watch told, in words.
    private static func text(_ event: LibraryWatch.Event) -> String {
        switch event {
        case .updated(let report, _):
            "+\(report.counts.added) ~\(report.counts.changed) -\(report.counts.removed) =\(report.counts.unchanged)"
        case .unreadable(let source, let message): "\(source) unreadable: \(message)"
        case .back(let source): "\(source) back"
        case .slower(let source, _): "\(source) slower"
        case .failed(let message): "failed: \(message)"
        }
    }

    /// Runs a watch, and hands its events to a body that ends it by returning.
    private func watching(
        _ sources: [any SkillSource],
        _ location: LibraryLocation,
        embedder: WordEmbedder = WordEmbedder(),
        _ body: (inout AsyncStream<String>.Iterator) async throws -> Void
    ) async throws {
        let (events, told) = AsyncStream<String>.makeStream()
        let watch = LibraryWatch(indexer: LibraryIndexer(embedder: embedder))
        let task = Task {
            defer { told.finish() }
            try await watch.run(sources, of: location) { told.yield(Self.text($0)) }
        }
        var iterator = events.makeAsyncIterator()
        try await body(&iterator)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("takes every change of every source, and gives the library back when it is cancelled")
    func changes() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let one = SwitchableSource("one", [mail])
            let two = SwitchableSource("two", [chart])
            try await watching([one, two], location) { events in
                #expect(await events.next() == "+2 ~0 -0 =0")
                one.hold([mail, makeSkill("web", "fetch a page")])
                #expect(await events.next() == "+1 ~0 -0 =1")
                two.hold([makeSkill("chart", "draw better charts")])
                #expect(await events.next() == "+0 ~1 -0 =0")
                one.hold([mail])
                #expect(await events.next() == "+0 ~0 -1 =1")
            }
            _ = try await LibraryLock.acquire(location, holder: "test", patience: .zero)
            #expect(try await LibraryContent(location).skills.keys.sorted() == ["chart", "mail"])
        }
    }

    @Test(
        "keeps what a source had when it goes, whether it says so or not, and says when it is back",
        arguments: [true, false]
    )
    func unreadable(tells: Bool) async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let one = SwitchableSource("one", [mail])
            let two = SwitchableSource("two", [chart])
            try await watching([one, two], location) { events in
                _ = await events.next()
                if tells {
                    two.fail("is gone")
                    #expect(await events.next() == "two unreadable: is gone")
                } else {
                    two.failSilently("is broken")
                    two.hold([chart])
                    two.failSilently("is broken")
                    one.hold([mail])
                }
                one.hold([makeSkill("mail", "other words")])
                var told = await events.next()
                while let event = told, !event.hasPrefix("+0 ~1 -0") {
                    #expect(event.hasPrefix("two unreadable"), "\(event)")
                    told = await events.next()
                }
                let kept = try await LibraryContent(location)
                #expect(kept.skills.keys.sorted() == ["chart", "mail"])
                two.hold([makeSkill("chart", "after the strike")])
                told = await events.next()
                while let event = told, !event.hasPrefix("+0 ~1 -0") { told = await events.next() }
                let recovered = try await LibraryContent(location)
                #expect(recovered.skills["chart"]?.description == "after the strike")
            }
        }
    }

    struct Broken: Error {}

    @Test("says who holds the library when another process changes it")
    func busy() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let lock = try await LibraryLock.acquire(location, holder: "skillweaver index --watch")
            var options = IndexingOptions()
            options.patience = .milliseconds(10)
            let indexer = LibraryIndexer(embedder: WordEmbedder())
            let error = await #expect(throws: LibraryError.self) {
                try await indexer.index([ListSource([mail])], into: location, options: options)
            }
            #expect(error?.kind == .busy)
            #expect(error?.message.contains("(skillweaver index --watch)") == true)
            withExtendedLifetime(lock) {}
        }
    }

    @Test("lets the next writer in as soon as the one before is done")
    func handOver() async throws {
        try await withTemporaryFolder { folder in
            let location = LibraryLocation(folder: "\(folder)/lib")
            let indexer = LibraryIndexer(embedder: WordEmbedder())
            try await withThrowingTaskGroup(of: IndexingReport.self) { group in
                for number in 0..<6 {
                    group.addTask {
                        var options = IndexingOptions()
                        options.patience = .seconds(50)
                        let source = ListSource([makeSkill("s\(number)", "skill")])
                        return try await indexer.index([source], into: location, options: options)
                    }
                }
                for try await _ in group { continue }
            }
            #expect(try await LibraryContent(location).skills.count == 1)
        }
    }
}
