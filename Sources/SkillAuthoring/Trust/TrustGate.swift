package import PlanExecution
package import SkillCatalog
import Synchronization

/// Refuses calls of project skills that are not trusted, or not as they are now.
///
/// Asked before the invokers that call tools. Skills count as a project's when they lie where projects keep skills, or were
/// trusted as such once. A skill is judged at its first call in a run or session; its worker keeps what it has read.
package final class TrustGate: ToolInvoker {
    private let store: TrustStore
    private let trusted = Mutex<Set<String>>([])

    package init(store: TrustStore) { self.store = store }

    package func canInvoke(_ tool: Tool, of skill: Skill) -> Bool { state(of: skill) != .trusted }

    package func invoke(_ call: ToolCall) async throws(ToolFailure) -> ToolResult {
        let folder = call.skill.origin.folder ?? call.skill.name
        let what = state(of: call.skill) == .changed ? "has changed since it was trusted" : "is not trusted"
        throw ToolFailure(
            .policy,
            code: "untrusted-skill",
            "\(call.skill.name) comes from a project and \(what); look at it, then run 'skillweaver trust \(folder)'"
        )
    }

    private func state(of skill: Skill) -> TrustStore.State {
        guard let folder = skill.origin.folder else { return .trusted }
        if trusted.withLock({ $0.contains(folder) }) { return .trusted }
        let path = RealFolder.of(folder) ?? folder
        var state = TrustStore.State.trusted
        if ProjectSkills.isProjectPlace(path) || store.knows(path) {
            // What cannot be read cannot be trusted.
            state = (try? store.state(of: path)) ?? .untrusted
        }
        if state == .trusted { trusted.withLock { _ = $0.insert(folder) } }
        return state
    }
}
