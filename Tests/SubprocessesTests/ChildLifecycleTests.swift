import Testing

@testable import Subprocesses

@Suite("The life of a child")
struct ChildLifecycleTests {
    struct Story: CustomTestStringConvertible {
        var name: String
        var events: [ChildLifecycle.Event]
        var actions: [[ChildLifecycle.Action]]
        var phase: ChildLifecycle.Phase
        var reason: ChildLifecycle.StopReason?
        var testDescription: String { name }
    }

    @Test(
        "turns what happens into what is done",
        arguments: [
            Story(name: "ends by itself", events: [.leaderEnded], actions: [[.killGroup, .reap]], phase: .ended),
            Story(
                name: "ends when asked",
                events: [.deadlinePassed, .leaderEnded],
                actions: [[.askGroupToEnd, .startGrace], [.killGroup, .reap]],
                phase: .ended,
                reason: .deadline
            ),
            Story(
                name: "is forced after the grace",
                events: [.cancelled, .graceElapsed, .leaderEnded],
                actions: [[.askGroupToEnd, .startGrace], [.killGroup], [.killGroup, .reap]],
                phase: .ended,
                reason: .cancellation
            ),
            Story(
                name: "is stopped for the first reason only",
                events: [.outputLimitExceeded, .deadlinePassed, .cancelled],
                actions: [[.askGroupToEnd, .startGrace], [], []],
                phase: .terminating,
                reason: .outputLimit
            ),
            Story(
                name: "is forced only once",
                events: [.deadlinePassed, .graceElapsed, .graceElapsed],
                actions: [[.askGroupToEnd, .startGrace], [.killGroup], []],
                phase: .killed,
                reason: .deadline
            ),
            Story(
                name: "ignores a grace that nobody started",
                events: [.graceElapsed],
                actions: [[]],
                phase: .running
            ),
            Story(
                name: "hears nothing after its end",
                events: [.leaderEnded, .cancelled, .graceElapsed, .leaderEnded],
                actions: [[.killGroup, .reap], [], [], []],
                phase: .ended
            ),
        ]
    )
    func story(_ story: Story) {
        var lifecycle = ChildLifecycle()
        #expect(story.events.map { lifecycle.handle($0) } == story.actions)
        #expect(lifecycle.phase == story.phase)
        #expect(lifecycle.stopReason == story.reason)
    }
}
