import Testing
import ToolConnectors

@Suite("Starting a broken server again")
struct RestartPolicyTests {
    private let start = ContinuousClock.now

    @Test("happens at once the first time, then after longer and longer pauses, never more than a minute")
    func pauses() {
        var policy = RestartPolicy()
        var pauses: [Duration?] = []
        for _ in 0..<9 {
            policy.failed(at: start)
            pauses.append(policy.pause(at: start))
        }
        #expect(pauses == [nil, 1, 2, 4, 8, 16, 32, 60, 60].map { $0.map { .seconds($0) } })
        #expect(policy.pause(at: start + .seconds(59)) == .seconds(1))
        #expect(policy.pause(at: start + .seconds(60)) == nil)
    }

    @Test("forgets the failures of a server that has worked for a while")
    func sound() {
        var policy = RestartPolicy()
        for _ in 0..<5 { policy.failed(at: start) }
        policy.started(at: start + .seconds(60))
        policy.failed(at: start + .seconds(180))
        #expect(policy.failures == 1)
        #expect(policy.pause(at: start + .seconds(180)) == nil)
        // One that breaks soon after each start is not sound.
        policy.started(at: start + .seconds(181))
        policy.failed(at: start + .seconds(182))
        #expect(policy.failures == 2)
    }
}
