import JSONSchema
import PlanExecution
import SkillCatalog

/// Holds a call until it is let go.
actor Gate {
    private var isOpen = false
    private var isEntered = false
    private var inside: [CheckedContinuation<Void, Never>] = []
    private var watchers: [CheckedContinuation<Void, Never>] = []

    func pass() async {
        isEntered = true
        watchers.forEach { $0.resume() }
        watchers = []
        if !isOpen { await withCheckedContinuation { inside.append($0) } }
    }

    /// Waits until somebody is at the gate.
    func entered() async {
        if !isEntered { await withCheckedContinuation { watchers.append($0) } }
    }

    func open() {
        isOpen = true
        inside.forEach { $0.resume() }
        inside = []
    }
}

struct GatedInvoker: ToolInvoker {
    let gate: Gate

    func canInvoke(_ tool: Tool, of skill: Skill) -> Bool { true }

    func invoke(_ call: ToolCall) async throws(ToolFailure) -> ToolResult {
        await gate.pass()
        return ToolResult(value: "done")
    }
}
