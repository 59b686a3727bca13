package import JSONSchema
import PlanExecution
package import SkillCatalog
import Storage
import Subprocesses

/// Says of everything a skill needs whether it is there, and what to do where it is not.
package struct NeedsCheck: Sendable {
    package enum Kind: String, Sendable, Hashable { case command, variable, packages }
    package enum State: String, Sendable, Hashable { case found, missing }

    /// One thing that is needed.
    package struct Finding: Sendable, Hashable {
        package var kind: Kind
        package var name: String
        package var state: State
        /// Where it is, or what is wrong.
        package var detail: String
        /// What to do; nil where nothing is to be done.
        package var advice: String?

        package var json: JSONValue {
            [
                "kind": .string(kind.rawValue), "name": .string(name), "state": .string(state.rawValue),
                "detail": .string(detail), "advice": JSONValue(advice),
            ]
        }
    }

    let home: String
    let grants: ToolGrants
    let environment: @Sendable (String) -> String?

    /// - Parameter home: the program's own folder, with the grants.
    package init(home: String, environment: @escaping @Sendable (String) -> String?) throws(AuthoringError) {
        let json = try JSONFile.read("\(home)/grants.json", limit: 4 << 20)
        do throws(GrantError) {
            grants = try json.map { json throws(GrantError) in try ToolGrants(json: json) } ?? ToolGrants()
        } catch {
            throw AuthoringError(.invalid, "\(home)/grants.json: \(error)")
        }
        self.home = home
        self.environment = environment
    }

    /// Looks at the machine; starts nothing.
    package func findings(for skill: Skill) throws(AuthoringError) -> [Finding] {
        let needs = try SkillNeeds(of: skill)
        var commands = needs.commands
        let folder = skill.origin.folder
        if let folder, FileSystem.exists("\(folder)/tools.py"), !commands.contains("python3") {
            commands.append("python3")
        }
        return commands.map(command) + needs.variables.map { variable($0, of: skill) } + (try packages(needs, folder))
    }

    private func command(_ name: String) -> Finding {
        // A path would name another file on every machine; it is no name of a program.
        let isName = !name.contains("/") && !name.hasPrefix("-")
        let search = ExecutableSearch(searchPath: environment("PATH"))
        if isName, let path = try? search.locate(name) {
            return Finding(kind: .command, name: name, state: .found, detail: path)
        }
        return Finding(
            kind: .command,
            name: name,
            state: .missing,
            detail: isName ? "it is not in PATH" : "it is not the name of a program",
            advice: isName ? "install it, on Debian with 'apt install' and the package that holds it" : nil
        )
    }

    private func variable(_ name: String, of skill: Skill) -> Finding {
        let isSet = !(environment(name) ?? "").isEmpty
        let isGranted = grants[skill.id].environment.contains(name)
        let advice =
            switch (isSet, isGranted) {
            case (true, true): nil as String?
            case (false, true): "set it before you start the program"
            case (true, false): "grant it: add \"\(name)\" to skills.\(skill.id).environment in \(home)/grants.json"
            case (false, false):
                "set it, and grant it: add \"\(name)\" to skills.\(skill.id).environment in \(home)/grants.json"
            }
        let detail =
            switch (isSet, isGranted) {
            case (true, true): "it is set and granted"
            case (false, true): "it is granted but not set"
            case (true, false): "it is set but not granted to this skill"
            case (false, false): "it is neither set nor granted to this skill"
            }
        let state: State = advice == nil ? .found : .missing
        return Finding(kind: .variable, name: name, state: state, detail: detail, advice: advice)
    }

    private func packages(_ needs: SkillNeeds, _ folder: String?) throws(AuthoringError) -> [Finding] {
        guard let folder, !needs.packages.isEmpty else { return [] }
        let names = needs.packages.joined(separator: ", ")
        if case .ready(let path) = try SkillEnvironments(home: home).state(of: folder) {
            return [Finding(kind: .packages, name: names, state: .found, detail: path)]
        }
        return [
            Finding(
                kind: .packages,
                name: names,
                state: .missing,
                detail: "its Python environment is not made, or was made for other requirements",
                advice: "run 'skillweaver skills prepare \(folder)', which uses the network"
            )
        ]
    }
}
