import JSONSchema
import PlanExecution
import SkillHarness
import Synchronization
import TestSupport

/// The tools of the fixture's skills, some of which fail, or wait until the test lets them go on.
final class Tools: Sendable {
    private struct State {
        var calls: [String] = []
        var failures: [String: Int] = [:]
        var isGateOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    var calls: [String] { state.withLock(\.calls) }

    /// Has the next calls of a tool fail for a passing reason.
    func fail(_ tool: String, times: Int) { state.withLock { $0.failures[tool] = times } }

    /// Lets calls of `gate.wait` end, now and later.
    func release() {
        let waiting = state.withLock { state in
            state.isGateOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for waiter in waiting { waiter.resume() }
    }

    private func note(_ call: String, of tool: String) throws {
        let fails = state.withLock { state in
            state.calls.append(call)
            guard let left = state.failures[tool], left > 0 else { return false }
            state.failures[tool] = left - 1
            return true
        }
        if fails { throw ToolFailure(.transient, code: "try-again", "the service is away", effect: .none) }
    }

    private func waitAtGate() async {
        await withCheckedContinuation { waiter in
            let isOpen = state.withLock { state in
                if !state.isGateOpen { state.waiting.append(waiter) }
                return state.isGateOpen
            }
            if isOpen { waiter.resume() }
        }
    }

    var provider: ToolInvokerProvider {
        ToolInvokerProvider { [self] workspace in
            CheckedInvoker(
                ClosureInvoker([
                    "clock.time_in": { [self] arguments in
                        try note("time_in", of: "clock.time_in")
                        return ["city": arguments["city"] ?? .null, "time": "07:54"]
                    },
                    "shredder.shred": { [self] arguments in
                        try note("shred \(arguments["path"]?.stringValue ?? "")", of: "shredder.shred")
                        return ["done": true]
                    },
                    "gate.wait": { [self] _ in
                        try note("wait", of: "gate.wait")
                        await waitAtGate()
                        return ["open": true]
                    },
                ]),
                workspace: workspace
            )
        }
    }
}

extension ServiceFixture {
    static func writeSkills(to folder: String) throws {
        for (name, description, tool) in [
            ("clock", "Tell the current time of a city.", clock), ("shredder", "Delete files for good.", shredder),
            ("gate", "Wait at the garden gate until it opens.", gate),
        ] {
            try write(
                "---\nname: \(name)\ndescription: \(description)\n---\n\nHow to use \(name).\n",
                to: "\(folder)/\(name)/SKILL.md"
            )
            try write(tool, to: "\(folder)/\(name)/schema.json")
        }
    }

    private static let clock = """
        [{"name": "time_in", "description": "Get the current time in a city.",
          "parameters": {"type": "object", "properties": {"city": {"type": "string", "description": "Name of the city."}},
                         "required": ["city"]},
          "annotations": {"readOnlyHint": true}}]
        """

    private static let shredder = """
        [{"name": "shred", "description": "Delete a file for good.",
          "parameters": {"type": "object", "properties": {"path": {"type": "string", "description": "Path of the file."}},
                         "required": ["path"]},
          "annotations": {"destructiveHint": true}}]
        """

    private static let gate = """
        [{"name": "wait", "description": "Wait at the garden gate until it opens.",
          "parameters": {"type": "object", "properties": {}}, "annotations": {"readOnlyHint": true}}]
        """

    /// A plan of one step for each tool, each behind the one before.
    static func chain(_ tools: [(skill: String, tool: String, arguments: JSONObject)]) -> JSONValue {
        let steps = tools.enumerated().map { place, use -> JSONValue in
            [
                "id": .string("s\(place + 1)"), "subtask": .string("use \(use.tool)"), "skill": .string(use.skill),
                "tool": .string(use.tool), "arguments": .object(use.arguments),
                "depends_on": place == 0 ? [] : [.string("s\(place)")],
                "candidates": [["skill": .string(use.skill), "tool": .string(use.tool), "score": 0.9]], "score": 0.9,
            ]
        }
        return ["request": "a chain", "decomposer": "test", "steps": .array(steps)]
    }
}
