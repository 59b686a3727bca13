import JSONSchema
import PlanComposition
package import PlanExecution
import SkillCatalog
import Storage

/// Makes a skill of a run that went well: its plan, with what was said as parameters, and its results as the test.
package struct RunDistiller {
    package struct Options: Sendable {
        /// The name of the skill; nil for one made of the request.
        package var name: String?
        package var description: String?
        /// Values that are to be parameters, `s1.url` or `s1.url=address`.
        package var parameters: [String] = []
        /// Values that are not to be.
        package var constants: [String] = []
        /// Files of the workspace that the recorded inputs name are copied, for the test.
        package var bringsFiles = false
        package var replaces = false

        package init() {}
    }

    /// What was made.
    package struct Outcome: Sendable {
        package var name: String
        package var folder: String
        package var tool: String
        package var parameters: [String]
        /// Parameters whose values are nowhere written down.
        package var secrets: [String]
        package var remarks: [String]
    }

    private let state: RunState
    private let entries: [JournalEntry]
    private let redactor: SecretRedactor

    /// - Parameters:
    ///   - state: of the run, with its whole journal.
    ///   - redactor: knows the values that must not be written.
    package init(state: RunState, entries: [JournalEntry], redactor: SecretRedactor) {
        self.state = state
        self.entries = entries
        self.redactor = redactor
    }

    /// Writes the skill.
    ///
    /// - Parameter parent: the folder its own folder is made in.
    package func distil(_ options: Options, into parent: String) throws(AuthoringError) -> Outcome {
        try check()
        let signs = SecretSigns(redactor: redactor)
        let definition = state.definition
        let history = RunHistory(of: definition.plan, entries: entries)
        var distilled = try DistilledPlan(definition, history, signs: signs, wishes: try wishes(options))
        let files = WorkspaceFiles(definition, distilled)
        distilled.files = files.paths
        let name = options.name ?? SkillName.made(of: signs.redacted(definition.plan.request), run: definition.id)
        try SkillScaffold.check(name)
        let skill = DistilledSkill(
            name: name,
            description: try description(options, distilled, signs),
            run: definition.id,
            distilled: distilled,
            fingerprints: definition.fingerprints
        )
        var contents = skill.files.mapValues { Array($0.utf8) }
        if options.bringsFiles {
            for (path, bytes) in try files.contents() { contents["\(SkillExamples.filesFolder)/\(path)"] = bytes }
        }
        let folder = try SkillPlacing.write(contents, as: name, in: parent, replaces: options.replaces)
        let missing = options.bringsFiles ? [] : files.paths
        return Outcome(
            name: name,
            folder: folder,
            tool: skill.tool,
            parameters: distilled.parameters.map(\.name),
            secrets: distilled.parameters.filter(\.isSecret).map(\.name),
            remarks: missing.isEmpty
                ? []
                : [
                    "its test needs \(missing.joined(separator: ", ")) and is skipped without; bring files with --with-files"
                ]
        )
    }

    // MARK: - Checks

    private func check() throws(AuthoringError) {
        let run = state.definition.id
        guard state.outcome == .succeeded else {
            let how = state.outcome == nil ? "is not finished (\(state.phase.rawValue))" : state.phase.rawValue
            throw AuthoringError(
                .invalid,
                "run \(run) \(how); a skill is made of a run that succeeded",
                advice: state.outcome == nil
                    ? "go on with 'skillweaver resume \(run)'" : "run it again, and distil that"
            )
        }
        for skill in state.definition.skills.values.sorted(by: { $0.id < $1.id }) {
            guard let before = state.definition.fingerprints[skill.id] else { continue }
            guard let now = SkillFingerprint.of(skill) else {
                throw AuthoringError(.missing, "the skill \(skill.id) that run \(run) used is not there any more")
            }
            guard now == before else {
                throw AuthoringError(
                    .conflict,
                    "the skill \(skill.id) has changed since run \(run) used it, so what it did is no test any more",
                    advice: "run the plan again, and distil that run"
                )
            }
        }
    }

    private func wishes(_ options: Options) throws(AuthoringError) -> ParameterChoice.Wishes {
        var wishes = ParameterChoice.Wishes()
        for word in options.parameters {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts[0].contains("."), parts.count == 1 || SkillName.isIdentifier(parts[1]) else {
                throw AuthoringError(
                    .usage,
                    "'\(word)' names no parameter",
                    advice:
                        "write STEP.ARGUMENT, or STEP.ARGUMENT=NAME with letters, digits and underscores in the name"
                )
            }
            wishes.parameters[parts[0]] = .some(parts.count == 2 ? parts[1] : nil)
        }
        wishes.constants = Set(options.constants)
        return wishes
    }

    private func description(
        _ options: Options,
        _ distilled: DistilledPlan,
        _ signs: SecretSigns
    ) throws(AuthoringError) -> String {
        if let given = options.description {
            guard (1...SkillLimits.description).contains(given.count), !given.allSatisfy(\.isWhitespace) else {
                throw AuthoringError(.usage, "a description has 1 to \(SkillLimits.description) characters")
            }
            return DistilledSkill.line(given, to: SkillLimits.description)
        }
        let tools = distilled.plan.steps.compactMap(\.qualifiedName)
        let list = tools.prefix(6).joined(separator: ", then ") + (tools.count > 6 ? ", and more" : "")
        let inputs = distilled.parameters.map(\.name).prefix(12).joined(separator: ", ")
        return DistilledSkill.line(signs.redacted(distilled.plan.request), to: 400)
            + " (calls \(list)). Use when the same is wanted"
            + (inputs.isEmpty ? " again." : " with other values of \(inputs).")
    }
}
