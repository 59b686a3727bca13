package import SkillCatalog
import Storage

/// Skills that came with a project: anybody who wrote to it may have put them there.
package struct ProjectSkills: Sendable {
    /// Folders of a project that hold skills, from its root.
    package static let places = [".skillweaver/skills", ".agents/skills", "skills"]

    /// One skill, and whether it may be used.
    package struct Entry: Sendable, Hashable {
        package var skill: Skill
        package var folder: String
        package var state: TrustStore.State
    }

    let store: TrustStore

    package init(store: TrustStore) { self.store = store }

    /// Every skill of a project. Its documents are read to be listed; nothing of it is run.
    package func entries(in project: String) async throws -> [Entry] {
        guard let root = RealFolder.of(project) else { throw AuthoringError(.missing, "\(project) is not a folder") }
        var entries: [Entry] = []
        for place in Self.places {
            guard let folder = RealFolder.of("\(root)/\(place)") else { continue }
            for skill in try await SkillFolders.skills(in: folder) {
                guard let own = skill.origin.folder else { continue }
                // A skill that cannot be hashed within the limits cannot be trusted either.
                let state = (try? store.state(of: own)) ?? .untrusted
                entries.append(Entry(skill: skill, folder: own, state: state))
            }
        }
        return entries
    }

    /// Whether a folder lies where projects keep skills.
    package static func isProjectPlace(_ folder: String) -> Bool {
        (folder + "/").contains("/.skillweaver/skills/") || (folder + "/").contains("/.agents/skills/")
    }
}
