import SkillCatalog
import Storage

/// Finds the one skill that is meant in a folder that may hold several.
enum FoundSkill {
    /// Every skill of a folder, with what is wrong with those that cannot be read.
    static func all(in folder: String) async throws -> (skills: [Skill], diagnostics: [Diagnostic]) {
        var skills: [Skill] = []
        var diagnostics: [Diagnostic] = []
        do {
            try await AgentSkillsFolder(path: folder).read { record in
                switch record {
                case .skill(let skill): skills.append(skill)
                case .diagnostic(let diagnostic): diagnostics.append(diagnostic)
                }
            }
        } catch let error as SkillSourceError where error.kind == .empty {
            return ([], [])
        } catch let error as SkillSourceError {
            throw AuthoringError(.missing, "\(error)")
        }
        return (skills, diagnostics)
    }

    /// The skill of that name, or the only one.
    static func only(in folder: String, named name: String?, source: String) async throws -> Skill {
        let (skills, diagnostics) = try await all(in: folder)
        if skills.isEmpty {
            if let diagnostic = diagnostics.first(where: { $0.severity == .error }) {
                throw AuthoringError(.invalid, "\(source) holds no usable skill: \(diagnostic.message)")
            }
            throw AuthoringError(.invalid, "\(source) holds no skill", advice: "a skill is a folder with a SKILL.md")
        }
        if let name {
            let matches = skills.filter { $0.name == name || FileSystem.name(of: $0.origin.folder ?? "") == name }
            if matches.count == 1 { return matches[0] }
            // A single skill is the one that is meant; the name says what its folder is to be called.
            if matches.isEmpty, skills.count == 1 { return skills[0] }
            if matches.count > 1 {
                throw AuthoringError(.conflict, "\(source) holds \(matches.count) skills called '\(name)'")
            }
        }
        guard skills.count == 1 else {
            let names = skills.map(\.name).sorted()
            throw AuthoringError(
                .usage,
                "\(source) holds \(skills.count) skills: \(names.prefix(12).joined(separator: ", "))"
                    + (names.count > 12 ? ", …" : ""),
                advice: name.map { "none of them is called '\($0)'" } ?? "choose one with --name"
            )
        }
        return skills[0]
    }
}
