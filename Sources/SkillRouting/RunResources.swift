package import LanguageModels
package import PlanExecution
import Storage

/// Opens what runs need: the journal in the user's folder, invokers, standing approvals.
package struct RunResources: Sendable {
    package let home: SkillHome
    package let invokers: ToolInvokerProvider
    /// Texts no journal keeps.
    package var secrets: [String] = []
    /// The database that keeps runs for many machines; nil for a file in the user's folder.
    package var store: LibraryStore?
    /// Puts right arguments that tools refuse; nil where no language model does.
    package var repairModel: (any ChatModel)?
    /// The circuit breakers of this process.
    private let breakers = BreakerBoard()

    package init(
        home: SkillHome,
        invokers: ToolInvokerProvider,
        secrets: [String] = [],
        store: LibraryStore? = nil,
        repairModel: (any ChatModel)? = nil
    ) {
        self.home = home
        self.invokers = invokers
        self.secrets = secrets
        self.store = store
        self.repairModel = repairModel
    }

    /// What creates and drives runs.
    ///
    /// - Parameter replanner: finds other ways where a step cannot be done; nil where nobody does.
    /// - Throws: `RunStoreError` where the journal cannot be opened.
    package func driver(replanner: (any Replanner)? = nil) throws(RunStoreError) -> RunDriver {
        if let store { return driver(of: PostgreSQLRunStore(store.address), replanner: replanner) }
        return driver(of: try SQLiteRunStore(file: home.runs), replanner: replanner)
    }

    /// What creates and drives runs of a store.
    package func driver(of store: any RunStore, replanner: (any Replanner)? = nil) -> RunDriver {
        RunDriver(
            store: store,
            invokers: invokers,
            resultsFolder: home.runResults,
            redactor: SecretRedactor(secrets),
            counsel: RunCounsel(repair: repairModel.map { ModelRepair(model: $0) }, replanner: replanner),
            breakers: breakers
        )
    }
}
