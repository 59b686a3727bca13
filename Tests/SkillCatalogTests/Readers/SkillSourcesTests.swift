import Glibc
import SkillCatalog
import Testing

@Suite("A path is opened by what is there")
struct SkillSourcesTests {
    @Test(
        "Folders and known extensions have a reader",
        arguments: [
            ("lib.jsonl", "JSONLinesFile", "lib"), ("lib.NDJSON", "JSONLinesFile", "lib"),
            ("list.md", "MarkdownList", "list"),
            ("my.list.markdown", "MarkdownList", "my.list"), ("folder/x", "AgentSkillsFolder", "folder"),
        ]
    )
    func readers(file: String, type: String, name: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: file)
        let path = folder.path + "/" + (file.hasPrefix("folder") ? "folder" : file)
        let source = try SkillSources.source(at: path)
        #expect("\(Swift.type(of: source))" == type)
        #expect(source.name == name)
        #expect(source.location == path)
        #expect(try SkillSources.source(at: path, name: "given").name == "given")
        #expect(try SkillSources.source(at: path, name: " \n").name == "skills")
    }

    @Test("A fault of the whole source names the path and what is accepted")
    func faults() throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: "empty.jsonl")
        try folder.write("x", to: "data.csv")
        try folder.write("x", to: "noextension")
        try folder.makePipe("pipe.jsonl")
        try folder.link("dangling.jsonl", to: "nowhere")
        let cases: [(String, SkillSourceError.Kind, String)] = [
            ("/none.jsonl", .missing, "does not exist"),
            ("/none", .missing, "does not exist"),
            ("/dangling.jsonl", .missing, "does not exist"),
            ("/empty.jsonl", .empty, "is empty"),
            ("/data.csv", .unknownFormat, "has the extension .csv, which is not known; give a folder"),
            ("/noextension", .unknownFormat, "has no extension, which is not known; give a folder"),
            ("/pipe.jsonl", .unreadable, "is a named pipe; give a folder"),
            ("/data.csv\0.jsonl", .missing, "does not exist"),
        ]
        for (name, kind, message) in cases {
            let path = folder.path + name
            let error = #expect(throws: SkillSourceError.self, "\(name)") { try SkillSources.source(at: path) }
            #expect(error?.kind == kind, "\(name)")
            #expect(error?.location == path)
            #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
        }
    }

    @Test("A source without permission is unreadable", .enabled(if: geteuid() != 0, "root may read everything"))
    func denied() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("{}", to: "secret.jsonl")
        folder.setMode(0, of: "secret.jsonl")
        let error = #expect(throws: SkillSourceError.self) { try SkillSources.source(at: path) }
        #expect(error?.kind == .unreadable)
    }

    @Test(
        "Every reader throws the fault when the source is gone, is of another kind, or fails while it is read",
        arguments: ["folder", "jsonl", "md"]
    )
    func goneSources(_ kind: String) async throws {
        func source(_ path: String) -> any SkillSource {
            switch kind {
            case "folder": AgentSkillsFolder(path: path)
            case "jsonl": JSONLinesFile(path: path)
            default: MarkdownList(path: path)
            }
        }
        let folder = try TemporaryFolder()
        try folder.makePipe("pipe")
        let missing = await #expect(throws: SkillSourceError.self) {
            _ = try await Reading(source(folder.path + "/none"))
        }
        #expect(missing?.kind == .missing)
        let pipe = await #expect(throws: SkillSourceError.self) { _ = try await Reading(source(folder.path + "/pipe")) }
        #expect(pipe?.kind == .unreadable)
        let broken = await #expect(throws: SkillSourceError.self) { _ = try await Reading(source("/proc/self/mem")) }
        #expect(broken?.kind == .unreadable)
    }

    @Test("Reading stops when its task is cancelled", arguments: ["folder", "jsonl", "md"])
    func cancellation(_ kind: String) async throws {
        let folder = try TemporaryFolder()
        for index in 0..<5 {
            try folder.write("---\nname: s\(index)\ndescription: d\n---\n", to: "skills/s\(index)/SKILL.md")
        }
        try folder.write((0..<5).map { "{\"id\":\"\($0)\",\"description\":\"d\"}\n" }.joined(), to: "x.jsonl")
        try folder.write((0..<5).map { "- [a\($0)](https://e.org/\($0)) - d\n" }.joined(), to: "x.md")
        let path = folder.path + (kind == "folder" ? "/skills" : "/x.\(kind)")
        let source = try SkillSources.source(at: path)
        let seen = await Task {
            var seen = 0
            await #expect(throws: CancellationError.self) {
                try await source.read { _ in
                    seen += 1
                    withUnsafeCurrentTask { $0?.cancel() }
                }
            }
            return seen
        }.value
        #expect(seen == 1)
    }

    @Test("What the receiver throws ends the reading", arguments: ["x.jsonl", "x.md"])
    func receiverThrows(_ name: String) async throws {
        struct Stop: Error {}
        let folder = try TemporaryFolder()
        try folder.write("{\"id\":\"a\"}\n{\"id\":\"b\"}\n", to: "x.jsonl")
        try folder.write("- [a](https://e.org/a)\n- [b](https://e.org/b)\n", to: "x.md")
        let source = try SkillSources.source(at: folder.path + "/" + name)
        await #expect(throws: Stop.self) { try await source.read { _ in throw Stop() } }
    }

    /// Keeps what it reads in its own state, as a library does.
    private actor Keeper {
        var skills: [Skill] = []

        func keep(_ source: any SkillSource) async throws {
            try await source.read { record in
                if case .skill(let skill) = record { skills.append(skill) }
            }
        }
    }

    @Test("A source can be read from an actor into its state")
    func actors() async throws {
        let folder = try TemporaryFolder()
        let keeper = Keeper()
        try await keeper.keep(JSONLinesFile(path: try folder.write("{\"id\":\"a\"}", to: "x.jsonl")))
        #expect(await keeper.skills.map(\.id) == ["a"])
    }
}
