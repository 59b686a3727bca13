import Glibc
import TestSupport
import Testing

@testable import SkillCatalog

@Suite("Watching sources", .timeLimit(.minutes(1 * Sanitizer.patience)))
struct FolderWatchTests {
    private static let pace = WatchPace(
        interval: .milliseconds(50),
        quiet: .milliseconds(20),
        longest: .milliseconds(500)
    )

    /// The changes to a folder, and what is told after each.
    private static let steps: [(what: String, change: @Sendable (TemporaryFolder) throws -> Void, told: SourceChange)] =
        [
            ("a new skill", { try $0.write("# One\n", to: "one/SKILL.md") }, .changed),
            ("a new content", { try $0.write("# Other\n", to: "one/SKILL.md") }, .changed),
            (
                "a save by way of another file",
                {
                    try $0.write("# Saved\n", to: "one/.SKILL.md.new")
                    #expect(rename("\($0.path)/one/.SKILL.md.new", "\($0.path)/one/SKILL.md") == 0)
                }, .changed
            ),
            ("a skill in new folders", { try $0.write("# Deep\n", to: "group/more/two/SKILL.md") }, .changed),
            ("a change in there", { try $0.write("# Deeper\n", to: "group/more/two/SKILL.md") }, .changed),
            ("a renamed folder", { #expect(rename("\($0.path)/group", "\($0.path)/groups") == 0) }, .changed),
            ("a change below it", { try $0.write("# Deepest\n", to: "groups/more/two/SKILL.md") }, .changed),
            ("a removed skill", { #expect(unlink("\($0.path)/one/SKILL.md") == 0) }, .changed),
            (
                "the folder moved away", { #expect(rename($0.path, "\($0.path).away") == 0) },
                .unreadable("does not exist")
            ),
            ("and back", { #expect(rename("\($0.path).away", $0.path) == 0) }, .back),
            ("a change after that", { try $0.write("# Back\n", to: "groups/more/two/SKILL.md") }, .changed),
        ]

    @Test("tells every kind of change, by the system's reports or by looking", arguments: [true, false])
    func folder(usesNotifications: Bool) async throws {
        let folder = try TemporaryFolder()
        try folder.write("# Zero\n", to: "zero/SKILL.md")
        var watch = FolderWatch(
            root: FilePath(folder.path),
            limits: SkillFolderSearch.Limits(),
            pace: Self.pace
        )
        watch.usesNotifications = usesNotifications
        var changes = watch.changes().makeAsyncIterator()
        var first = await changes.next()
        if !usesNotifications {
            guard case .slower(let message) = first else { throw Unexpected(first) }
            #expect(message.contains(folder.path))
            first = await changes.next()
        }
        #expect(first == .watching)
        for step in Self.steps {
            try step.change(folder)
            // One change may be told in two parts when it is made slowly.
            var told = await changes.next()
            while told == .changed, step.told != .changed { told = await changes.next() }
            #expect(told == step.told, "\(step.what)")
        }
    }

    struct Unexpected: Error {
        var change: SourceChange?
        init(_ change: SourceChange?) { self.change = change }
    }

    @Test("tells of a file that changes, goes and comes back")
    func file() async throws {
        let folder = try TemporaryFolder()
        try folder.write("{}\n", to: "list.jsonl")
        let source = SkillPath(path: "\(folder.path)/list.jsonl")
        var changes = source.changes(Self.pace).makeAsyncIterator()
        #expect(await changes.next() == .watching)
        try folder.write("{}\n{}\n", to: "list.jsonl")
        #expect(await changes.next() == .changed)
        #expect(unlink("\(folder.path)/list.jsonl") == 0)
        #expect(await changes.next() == .unreadable("does not exist"))
        try folder.write("{}\n", to: "list.jsonl")
        #expect(await changes.next() == .back)
    }

    @Test("waits for a source that is not there yet", arguments: ["skills", "list.jsonl"])
    func absent(name: String) async throws {
        let folder = try TemporaryFolder()
        var changes = SkillPath(path: "\(folder.path)/\(name)").changes(Self.pace).makeAsyncIterator()
        #expect(await changes.next() == .watching)
        #expect(await changes.next() == .unreadable("does not exist"))
        try folder.write("# One\n", to: name == "skills" ? "skills/one/SKILL.md" : name)
        #expect(await changes.next() == .back)
    }

    @Test("leaves no descriptor open when nobody listens any more")
    func descriptors() async throws {
        let folder = try TemporaryFolder()
        try folder.write("# One\n", to: "one/SKILL.md")
        func watchOnce() async {
            let task = Task {
                for await _ in SkillPath(path: folder.path).changes(Self.pace) { return }
            }
            await task.value
        }
        for _ in 0..<300 { await watchOnce() }
        // One that listens to a folder a watch: kept, they would be 300 by now. Others watch folders in this process too.
        #expect(try Self.listeningDescriptors() < 150)
    }

    private static func listeningDescriptors() throws -> Int {
        try FolderListing(of: "/proc/self/fd").names.count { name in
            var target = [CChar](repeating: 0, count: 64)
            let length = readlink("/proc/self/fd/\(name)", &target, target.count)
            return String(decoding: target.prefix(max(0, length)).map(UInt8.init(bitPattern:)), as: UTF8.self)
                .hasSuffix("inotify")
        }
    }
}
