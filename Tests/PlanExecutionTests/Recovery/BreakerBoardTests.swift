import HTTPTransport
import JSONSchema
import PlanComposition
import PlanExecution
import SkillCatalog
import Testing

@Suite("The circuit breakers of a process")
struct BreakerBoardTests {
    private static let options: RecoveryOptions = {
        var options = RecoveryOptions()
        options.breakerThreshold = 2
        return options
    }()

    private static func call(_ tool: String, on server: String = "https://a") -> GuardedCall {
        GuardedCall(tool: tool, server: server, options: options)
    }

    @Test("close the way to a server for all its tools, and to no other server")
    func servers() {
        let (board, now) = (BreakerBoard(), ContinuousClock.now)
        for tool in ["s.a", "s.b", "s.a", "s.b"] { board.record(.busy, of: Self.call(tool), at: now) }
        for (call, isAdmitted) in [
            (Self.call("other.c"), false), (Self.call("s.d"), false), (Self.call("s.a", on: "https://b"), false),
            (Self.call("other.c", on: "https://b"), true),
        ] {
            #expect((board.admit(call, at: now) == .admitted) == isAdmitted, "\(call.tool) on \(call.server)")
        }
    }

    @Test("let one call at a time try whether the server is back")
    func probe() {
        let board = BreakerBoard()
        let start = ContinuousClock.now
        let call = Self.call("s.a")
        for _ in 0..<2 { board.record(.busy, of: call, at: start) }
        #expect(board.admit(call, at: start + .seconds(29)) != .admitted)
        let later = start + .seconds(31)
        #expect(board.admit(call, at: later) == .admitted)
        #expect(board.admit(call, at: later) == .refused(retryAfter: nil))
        // One that is given up makes room for the next.
        board.abandon(call, at: later)
        #expect(board.admit(call, at: later) == .admitted)
        // One that never came back does not keep it closed for ever.
        #expect(board.admit(call, at: later + .seconds(100)) == .refused(retryAfter: nil))
        #expect(board.admit(call, at: later + .seconds(130)) == .admitted)
        board.record(nil, of: call, at: later + .seconds(131))
        for _ in 0..<3 { #expect(board.admit(call, at: later + .seconds(131)) == .admitted) }
    }

    @Test("are one for all runs: what one found out the next knows")
    func shared() async throws {
        let board = BreakerBoard()
        var calls: [Int] = []
        for number in 1...2 {
            var harness = RunHarness(tools: [RunHarness.tool("down"), RunHarness.tool("up")])
            harness.options.recovery = Self.options
            harness.options.recovery.attempts = 2
            harness.breakers = board
            harness.tools.on("down") { _, _ in throw ToolFailure.busy }
            let step = RunHarness.step("s1", "down", candidates: ["down", "up"])
            let state = try await harness.drive(try await harness.create([step], id: "run-\(number)"))
            #expect(state.outcome == .succeeded)
            calls.append(harness.tools.count("down"))
        }
        #expect(calls == [2, 0])
    }
}
