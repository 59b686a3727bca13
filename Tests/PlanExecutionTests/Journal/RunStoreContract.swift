import JSONSchema
import PlanComposition
import PlanExecution
import SkillCatalog
import Testing

/// What every store of runs keeps to.
struct RunStoreContract {
    let store: any RunStore

    private func definition(_ id: String, at milliseconds: Int64 = 1_000) -> RunDefinition {
        let step = RunHarness.step(
            "s1",
            "work",
            arguments: ["n": 1, "x": 1.5],
            forEach: FanOut(list: [1, 2]),
            when: StepCondition(left: ["$item": ""], is: .above, right: 0)
        )
        var options = RunOptions()
        options.seed = .max
        options.limits.runDeadline = .seconds(5)
        return RunDefinition(
            id: id,
            createdAt: RunTime(milliseconds: milliseconds),
            plan: Plan(request: "request of \(id)", decomposer: "none", steps: [step]),
            skills: ["t": RunHarness.skill("t", [RunHarness.tool("work")])],
            fingerprints: ["t": "abc"],
            options: options,
            approvalRules: ApprovalRules([.init("t.*", .ask)]),
            workspace: "/tmp/w"
        )
    }

    func check() async throws {
        try await keepsDefinitions()
        try await appendsAllOrNothing()
        try await listsAndForgets()
        try await givesOneClaim()
    }

    private func keepsDefinitions() async throws {
        let definition = definition("kept")
        try await store.create(definition)
        #expect(try await store.definition(of: "kept") == definition)
        await #expect(throws: RunStoreError.self) { try await store.create(definition) }
        await expect(.notFound) { _ = try await store.definition(of: "nothing") }
        await expect(.notFound) { _ = try await store.entries(of: "nothing", after: 0, limit: 1) }
        await expect(.notFound) {
            try await store.append([], to: "nothing", after: 0, at: RunTime(milliseconds: 0), phase: nil)
        }
    }

    private func appendsAllOrNothing() async throws {
        try await store.create(definition("grown"))
        let time = RunTime(milliseconds: 2_000)
        let all = TransitionSamples.all
        try await store.append(Array(all.prefix(2)), to: "grown", after: 0, at: time, phase: nil)
        try await store.append(Array(all.dropFirst(2)), to: "grown", after: 2, at: time, phase: .waiting)
        for stale in [0, 1, all.count - 1, all.count + 1] {
            await expect(.conflict) {
                try await store.append([.driven(by: "late")], to: "grown", after: stale, at: time, phase: .failed)
            }
        }
        let entries = try await store.entries(of: "grown", after: 0, limit: 1_000)
        #expect(entries.map(\.transition) == all)
        #expect(entries.map(\.sequence) == Array(1...all.count))
        #expect(entries.allSatisfy { $0.at == time })
        #expect(try await store.entries(of: "grown", after: 2, limit: 3).map(\.sequence) == [3, 4, 5])
        #expect(try await store.entries(of: "grown", after: all.count, limit: 3).isEmpty)
        #expect(try await store.list(RunQuery(phases: [.waiting])).map(\.id) == ["grown"])
    }

    private func listsAndForgets() async throws {
        for number in 1...5 { try await store.create(definition("list-\(number)", at: Int64(number) * 10)) }
        let first = try await store.list(RunQuery(limit: 2))
        #expect(first.map(\.id) == ["list-5", "list-4"])
        #expect(first.first?.request == "request of list-5")
        #expect(first.first?.steps == 1)
        let second = try await store.list(RunQuery(limit: 2, after: "list-4"))
        #expect(second.map(\.id) == ["list-3", "list-2"])
        let old = try await store.list(RunQuery(createdBefore: RunTime(milliseconds: 30)))
        #expect(old.map(\.id) == ["list-2", "list-1"])
        try await store.delete("list-2")
        await expect(.notFound) { _ = try await store.entries(of: "list-2", after: 0, limit: 1) }
        await expect(.notFound) { try await store.delete("list-2") }
        #expect(try await store.list(RunQuery(createdBefore: RunTime(milliseconds: 30))).map(\.id) == ["list-1"])
    }

    private func givesOneClaim() async throws {
        try await store.create(definition("claimed"))
        let claim = try await store.claim("claimed", as: "first")
        await expect(.busy) { _ = try await store.claim("claimed", as: "second") }
        await claim.release()
        let second = try await store.claim("claimed", as: "second")
        await second.release()
        await expect(.notFound) { _ = try await store.claim("nothing", as: "first") }
    }

    private func expect(_ kind: RunStoreError.Kind, _ body: () async throws -> Void) async {
        do {
            try await body()
            Issue.record("no error, where one of kind \(kind) should be")
        } catch {
            #expect((error as? RunStoreError)?.kind == kind)
        }
    }
}

/// One transition of each kind, with everything filled in.
enum TransitionSamples {
    private static let task = TaskID(step: "s1", element: 1)
    private static let attempt = RunAttempt(
        task: task,
        number: 2,
        skill: "t",
        tool: "work",
        arguments: ["a": [1, 2.5, "é\n", nil]],
        worker: "host-1"
    )
    private static let failure = ToolFailure(
        .transient,
        code: "busy",
        "try later",
        effect: .unknown,
        retryAfter: .milliseconds(1_500)
    )

    static let all: [RunTransition] = [
        .driven(by: "me"), .fannedOut(step: "s1", count: 2), .attemptStarted(attempt),
        .succeeded(task, attempt: 2, value: ["file": "a", "n": 1.0], remarks: ["warned"]),
        .attemptFailed(task, attempt: 2, failure), .attemptLost(TaskID(step: "s1"), attempt: 1),
        .retryPlanned(task, until: RunTime(milliseconds: 99), because: "busy"),
        .repaired(task, ArgumentChange(arguments: ["n": 1], changes: ["n: string made integer"], author: "schema")),
        .fellBack(
            task,
            RunFallback(
                skill: "t",
                tool: "other",
                arguments: ["u": ["$from": "s0", "path": "/u"]],
                rebound: ["/a": "/b"],
                because: "broken",
                passedOver: ["t.x: no"]
            )
        ),
        .asked(task, RunQuestion(kind: .argument, text: "Which?", tool: "t.work", argument: "n", arguments: ["m": 1])),
        .answered(task, .approve, by: "me"), .answered(task, .deny, by: "me"),
        .answered(task, .value([1]), by: "me"), .answered(task, .done(nil), by: "me"), .failed(task, failure),
        .skipped(task, .condition("1 is not above 2")), .skipped(task, .needsSkipped(step: "s0")),
        .skipped(task, .needsFailed(step: "s0")), .skipped(task, .cancelled), .compensationStarted(attempt),
        .compensated(task), .compensationFailed(task, failure, isFinal: false), .skillChanged(skill: "t"),
        .cancelRequested(by: "me"), .paused(.waiting), .paused(.interrupted), .finished(.failed),
    ]
}
