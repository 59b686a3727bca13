import JSONSchema
import PlanExecution
import SkillCatalog
import Synchronization

/// Tools that fail now and then, with fixed seeds.
///
/// As in the pilot study of compositional skill routing (arXiv 2606.18051): each category of skills succeeds with its own
/// probability between .80 and .95. A call's outcome follows from the seed, the task and the number of the attempt.
final class MockTools: ToolInvoker {
    static let categories = 12
    private let seed: UInt64
    private let run: Int
    private let attempts = Mutex<[String: Int]>([:])

    init(seed: UInt64, run: Int) {
        self.seed = seed
        self.run = run
    }

    func canInvoke(_ tool: Tool, of skill: Skill) -> Bool { true }

    func invoke(_ call: ToolCall) async throws(ToolFailure) -> ToolResult {
        let key = "\(call.idempotencyKey)/\(call.tool.name)"
        let attempt = attempts.withLock { attempts in
            attempts[key, default: 0] += 1
            return attempts[key, default: 1]
        }
        var random = SplitMix(
            seed: seed,
            words: "\(run)/\(call.arguments["step"]?.intValue ?? 0)/\(call.tool.name)/\(attempt)"
        )
        let category = call.arguments["category"]?.intValue ?? 0
        let success = 0.80 + 0.15 * Double(category) / Double(Self.categories - 1)
        guard Double.random(in: 0..<1, using: &random) >= success else { return ToolResult(value: ["ok": true]) }
        // Of the failures two in three pass by themselves; the others are for good with this tool.
        if attempt > 1 || Double.random(in: 0..<1, using: &random) < 2.0 / 3 {
            throw ToolFailure(.transient, code: "busy", "the mock is busy")
        }
        throw ToolFailure(.permanent, code: "broken", "the mock is broken")
    }
}

/// Random numbers by seed and words (SplitMix64 over FNV-1a).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64, words: String) {
        state = words.utf8.reduce(0xCBF2_9CE4_8422_2325 ^ seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
