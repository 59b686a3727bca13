import SkillCatalog

extension RunWorker {
    /// Asks somebody what the run wants to know.
    func ask(_ wish: CounselWish, _ run: String) async {
        guard let state = known[run]?.state, asking[run]?[wish] == nil else { return }
        let invoker: any ToolInvoker
        do {
            invoker = try await self.invoker(for: state.definition)
        } catch {
            let answer = CounselAnswer.nothing(
                by: name,
                because: "the folders of the run cannot be used here: \(error)"
            )
            return mailbox.post(.counselled(run: run, CounselReport(wish: wish, answer: answer)))
        }
        // Ends with the worker, which tells it to.
        asking[run, default: [:]][wish] = Task { [mailbox, driver] in
            let answer = await driver.counsel.answer(wish, of: state) { invoker.canInvoke($0, of: $1) }
            mailbox.post(.counselled(run: run, CounselReport(wish: wish, answer: answer)))
        }
    }

    /// Tells the breakers how a call ended, once.
    func note(_ report: AttemptReport, of run: String) {
        guard let state = known[run]?.state else { return }
        var decider = RunDecider(worker: name)
        decider.server = servers
        guard let call = decider.guarded(report.attempt, in: state) else { return }
        let failure: ToolFailure? = if case .failure(let failure) = report.result { failure } else { nil }
        driver.breakers.record(failure, of: call, at: .now)
    }
}
