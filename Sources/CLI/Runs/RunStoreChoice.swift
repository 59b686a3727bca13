import CommandLineInterface
import PlanExecution
import SkillRetrieval
import SkillRouting
import SkillWeaver

/// Options of commands whose runs may be kept in a database.
enum RunStoreChoice {
    static let store = Option<String?>(
        "store",
        value: "URL",
        "A PostgreSQL database that keeps runs for many machines. Give its password in PGPASSWORD or ~/.pgpass."
    )
    static let libraryAndRuns = Option<String?>(
        "store",
        value: "URL",
        """
        A PostgreSQL database that keeps the run for many machines, and the library where it has one. Give its password in \
        PGPASSWORD or ~/.pgpass.
        """
    )
    static let detach = Flag(
        "detach",
        "Leaves the run to workers ('skillweaver worker') and ends at once; needs --store."
    )

    /// Leaves a run to workers, and says which it is.
    static func leave(
        _ run: String,
        in store: PostgreSQLRunStore,
        _ context: CommandContext
    ) async throws -> ExitCode {
        try await store.offer(run)
        if context.wantsJSON {
            try context.console.writeJSON(["run": .string(run)])
        } else {
            try context.console.writeLine(run)
        }
        return .done
    }

    /// Appends what a person decided to a run that others may be working on.
    static func append(
        to run: String,
        of driver: RunDriver,
        _ commands: (RunState) throws -> [RunTransition]
    ) async throws {
        while true {
            let state = try await driver.store.state(of: run)
            let transitions = try commands(state)
            guard !transitions.isEmpty else { return }
            do {
                let (sequence, now) = (state.sequence, SystemRunClock().now)
                return try await driver.store.append(transitions, to: run, after: sequence, at: now, phase: nil)
            } catch  where error.kind == .conflict {
                // A worker was faster; its entries change nothing about the answers that still fit.
            }
        }
    }

    static func sharedStore(of driver: RunDriver) throws -> PostgreSQLRunStore {
        guard let store = driver.store as? PostgreSQLRunStore else {
            throw noStore
        }
        return store
    }

    static let noStore = CommandError.usage("--detach needs --store: workers look for runs in a database")
}

extension CommandContext {
    /// The library a run is planned with: that of the database where it has one, else one of this machine.
    func libraryForRun(_ values: ParsedValues) async throws -> LibraryReference {
        guard let store = try values.store else { return try values.libraryReference }
        let shared = try await PostgreSQLStore(store.address).libraryNames()
        if let name = values[GlobalOptions.library] {
            return shared.contains(name) ? .shared(name, store) : .named(name)
        }
        return shared.isEmpty ? .bundled : .shared(nil, store)
    }
}
