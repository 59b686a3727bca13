import SkillCatalog
import Synchronization

/// Whether the skills of a run are on this machine, as they were when the run began.
final class SkillPresence: Sendable {
    private struct Key: Hashable {
        var folder: String
        var fingerprint: String
    }

    private let invoker: any ToolInvoker
    /// When a folder was compared last, and whether it was the same.
    private let known = Mutex<[Key: (at: ContinuousClock.Instant, isSame: Bool)]>([:])
    /// How long a comparison holds.
    private let validity: Duration

    /// - Parameter invoker: knows which tools can be called here.
    init(invoker: any ToolInvoker, validity: Duration = .seconds(30)) {
        self.invoker = invoker
        self.validity = validity
    }

    /// Why an attempt cannot be made here; nil when it can.
    func obstacle(to attempt: RunAttempt, in state: RunState) -> String? {
        guard let skill = state.definition.skills[attempt.skill], let tool = skill.tool(named: attempt.tool) else {
            // The attempt fails with its own words.
            return nil
        }
        if let fingerprint = state.definition.fingerprints[skill.id], !state.acceptedSkills.contains(skill.id),
            !isSame(skill, fingerprint)
        {
            return
                "the skill's folder (\(skill.origin.folder ?? "")) is not here, or has other files than when the run began"
        }
        guard invoker.canInvoke(tool, of: skill) else { return "\(attempt.qualifiedName) cannot be called from here" }
        return nil
    }

    private func isSame(_ skill: Skill, _ fingerprint: String) -> Bool {
        let key = Key(folder: skill.origin.folder ?? "", fingerprint: fingerprint)
        let now = ContinuousClock.now
        if let last = known.withLock({ $0[key] }), last.at.duration(to: now) < validity { return last.isSame }
        let isSame = SkillFingerprint.of(skill) == fingerprint
        known.withLock { known in
            // Only a convenience: it may forget.
            if known.count > 1_000 { known = [:] }
            known[key] = (now, isSame)
        }
        return isSame
    }
}
