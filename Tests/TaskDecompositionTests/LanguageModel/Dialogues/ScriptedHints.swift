import Synchronization
import TaskDecomposition

/// Hints written beforehand, one list a call; it remembers what it was asked.
final class ScriptedHints: SkillHints {
    struct Call: Hashable {
        let subtasks: [String]
        let limit: Int
    }

    private let script: [[SkillHint]]
    private let received = Mutex<[Call]>([])

    init(_ script: [[SkillHint]]) {
        self.script = script
    }

    var calls: [Call] { received.withLock { $0 } }

    func hints(for subtasks: [String], limit: Int) async throws -> [SkillHint] {
        received.withLock { calls in
            calls.append(Call(subtasks: subtasks, limit: limit))
            return calls.count <= script.count ? script[calls.count - 1] : []
        }
    }
}

extension SkillHint {
    /// A hint whose name is its id.
    init(_ name: String, _ score: Double) {
        self.init(skill: name, name: name, description: "Does \(name).", score: score)
    }
}
