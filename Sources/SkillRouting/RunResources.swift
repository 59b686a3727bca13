import Glibc
import JSONSchema
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

    package init(
        home: SkillHome,
        invokers: ToolInvokerProvider,
        secrets: [String] = [],
        store: LibraryStore? = nil
    ) {
        self.home = home
        self.invokers = invokers
        self.secrets = secrets
        self.store = store
    }

    /// What creates and drives runs.
    ///
    /// - Throws: `RunStoreError` where the journal cannot be opened.
    package func driver() throws(RunStoreError) -> RunDriver {
        if let store { return driver(of: PostgreSQLRunStore(store.address)) }
        return driver(of: try SQLiteRunStore(file: home.runs))
    }

    /// What creates and drives runs of a store.
    package func driver(of store: any RunStore) -> RunDriver {
        RunDriver(
            store: store,
            invokers: invokers,
            resultsFolder: home.runResults,
            redactor: SecretRedactor(secrets)
        )
    }

    /// The user's standing decisions about tools; none where there is no such file.
    ///
    /// - Throws: `ApprovalRules.SyntaxError` for a file that is not understood: it may forbid something.
    package func approvalRules() throws(ApprovalRules.SyntaxError) -> ApprovalRules {
        let file = home.approvals
        guard FileSystem.exists(file) else { return ApprovalRules() }
        let value: JSONValue
        do {
            value = try JSONParser.parse(String(decoding: FileSystem.read(file, limit: 1 << 20), as: UTF8.self))
        } catch {
            throw ApprovalRules.SyntaxError(description: "\(file): \(error)")
        }
        do {
            return try ApprovalRules(json: value)
        } catch {
            throw ApprovalRules.SyntaxError(description: "\(file): \(error.description)")
        }
    }
}
