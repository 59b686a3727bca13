import PlanExecution
import SkillRouting
import Storage

/// Keeps what completed runs show: which skill did which sub-task, in the form that `skillweaver tune` reads.
enum RunLearning {
    /// Appends a line for each step of a run that succeeded: `{"query","skill","tool"}`.
    static func keep(_ run: String, of driver: RunDriver, in home: SkillHome) async throws {
        let state = try await driver.store.state(of: run)
        let pairs = AcceptedSteps.lines(of: state)
        guard !pairs.isEmpty else { return }
        try FileSystem.createFolder(home.folder)
        try FileSystem.append(Array(pairs.joined().utf8), to: "\(home.folder)/accepted.jsonl")
    }
}
