import PlanExecution
import SkillCatalog
import Storage

/// Finds skills by their id on this machine: in the libraries of a home, among installed skills, and beside the one that asks.
struct HomeSkills: Sendable {
    let home: String
    /// More folders of skills, such as those that come with the program.
    let folders: [String]

    /// Every skill of that id, the ones from libraries first; each folder once.
    func named(_ id: String, asking: Skill) async -> [Skill] {
        var found: [Skill] = []
        var places: Set<String> = []
        func add(_ skill: Skill) {
            guard let folder = skill.origin.folder, FileSystem.exists(folder), places.insert(folder).inserted else {
                return
            }
            found.append(skill)
        }
        for kind in ["libraries", "folders"] {
            for name in FileSystem.contents(of: "\(home)/\(kind)") {
                let location = LibraryLocation(folder: "\(home)/\(kind)/\(name)")
                // A library that is damaged or newer is no reason not to look into the others.
                guard location.exists, let library = try? SkillLibrary(at: location) else { continue }
                if let skill = try? await library.skill(id) { add(skill) }
            }
        }
        guard !id.contains("/"), !id.hasPrefix(".") else { return found }
        let beside = asking.origin.folder.map { [FileSystem.parent(of: $0)] } ?? []
        for folder in ["\(home)/skills"] + folders + beside {
            let place = "\(folder)/\(id)"
            guard FileSystem.exists("\(place)/SKILL.md"), let own = RealFolder.of(place) else { continue }
            for skill in (try? await SkillFolders.skills(in: own)) ?? [] where skill.id == id { add(skill) }
        }
        return found
    }
}
