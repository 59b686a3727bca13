import FoundationEssentials
import SkillWeaver
import TestSupport
import Testing

@Suite("The router", .enabled(if: Installed.encoder != nil && Installed.runtime != nil, Installed.encoderAbsence))
struct SkillRouterTests {
    @Test("does what the README shows: a plan for the example over a folder of skills")
    func example() async throws {
        try await withOptions { options in
            let router = try await SkillRouter(library: .folder(PackageRoot.path("Skills")), options: options)
            let plan = try await router.route("Download the dataset, transform it and create a visual report")
            #expect(plan.steps.map(\.id) == ["s1", "s2", "s3"])
            #expect(plan.steps.last?.skill == "chart-gen")
            #expect(plan.tokens == .none)
            #expect(plan.timings.total >= plan.timings.retrieve)
        }
    }

    @Test("sees a folder's changes when it is opened again")
    func changedFolder() async throws {
        try await withOptions { options in
            let folder = "\(options.home.folder)/my-skills"
            try write(skill("mailer", "Send e-mail to people."), to: "\(folder)/mailer/SKILL.md")
            let before = try await SkillRouter(library: .folder(folder), options: options)
            #expect(try await before.search("translate a text").map(\.skill) == ["mailer"])
            try write(skill("translator", "Translate texts between languages."), to: "\(folder)/translator/SKILL.md")
            let after = try await SkillRouter(library: .folder(folder), options: options)
            #expect(try await after.search("translate a text").first?.skill == "translator")
            // The router that was open keeps the generation it opened.
            #expect(try await before.search("translate a text").map(\.skill) == ["mailer"])
        }
    }

    @Test("abstains where nothing fits, and says so")
    func abstention() async throws {
        try await withOptions { options in
            let router = try await SkillRouter(library: .folder(PackageRoot.path("Skills")), options: options)
            let plan = try await router.route("Book a table at a restaurant")
            #expect(plan.fitsNothing)
            #expect(plan.steps.allSatisfy { $0.abstention != nil })
        }
    }

    @Test("says what is missing when the encoder, the folder or the library is not there")
    func missing() async throws {
        try await withOptions { options in
            await #expect(throws: SkillSourceError.self) {
                try await SkillRouter(library: .folder("\(options.home.folder)/nowhere"), options: options)
            }
            let unknown = await #expect(throws: LibraryError.self) {
                try await SkillRouter(library: .named("nowhere"), options: options)
            }
            #expect(unknown?.kind == .notFound)
            var bare = options
            bare.installation = Installation()
            await #expect(throws: EmbeddingError.self) { try await SkillRouter(library: .bundled, options: bare) }
        }
    }

    private func skill(_ name: String, _ description: String) -> String {
        "---\nname: \(name)\ndescription: \(description)\n---\n\nUse it.\n"
    }

    private func withOptions(_ body: (RouterOptions) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            var options = RouterOptions(environment: { _ in nil })
            options.home = SkillHome(folder: "\(folder)/home")
            options.installation = Installation(
                encoder: Installed.encoder,
                runtime: Installed.runtime,
                bundledSkills: PackageRoot.path("Skills")
            )
            try await body(options)
        }
    }
}
