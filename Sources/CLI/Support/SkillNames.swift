import CommandLineInterface
import SkillWeaver

/// Finds the skills of a library that people name.
struct SkillNames: Sendable {
    let library: any SkillInventory
    /// Short names of the library's sources.
    let sources: Set<String>

    var libraryName: String { library.name }

    /// The id of the skill that is called so.
    ///
    /// - Throws: `CommandError` that suggests the nearest name where there is none.
    func id(of wanted: String, console: Console) async throws -> String {
        let matches = try await library.ids(matching: wanted)
        guard let id = matches.first(where: { $0 == wanted }) ?? matches.first else { throw try await unknown(wanted) }
        if matches.count > 1, id != wanted {
            console.warn("several skills are called '\(wanted)': \(matches.joined(separator: ", "))")
        }
        return id
    }

    /// - Throws: `CommandError` where neither a skill nor `skill.tool` is called so.
    func check(_ name: String) async throws {
        if try await library.skill(name) != nil { return }
        // Ids and names of tools may hold dots themselves.
        var rest = name[...]
        while let dot = rest.lastIndex(of: ".") {
            let tool = name[name.index(after: dot)...]
            if let skill = try await library.skill(String(name[..<dot])),
                skill.tools.contains(where: { $0.name == tool })
            {
                return
            }
            rest = name[..<dot]
        }
        throw try await unknown(name)
    }

    private func unknown(_ name: String) async throws -> CommandError {
        let nearest = nearestWord(to: name, among: try await library.overview().map(\.id))
        return CommandError(
            "unknown-skill",
            "the library '\(libraryName)' has no skill '\(name)'",
            hint: nearest.map { "did you mean '\($0)'?" } ?? "'skillweaver skills list' names them all"
        )
    }
}
