import HTTPTransport
package import LanguageModels
import ModelContextProtocol
package import SkillCatalog
package import SkillRouting

/// One library the service answers from.
package struct ServedLibrary: Sendable {
    package var name: String
    package var router: SkillRouter
    package var inventory: any SkillInventory
    package var sync: LibrarySync
    /// Counts what skills cost a language model.
    package var counter: any TokenCounter

    package init(
        router: SkillRouter,
        inventory: any SkillInventory,
        sync: LibrarySync,
        counter: any TokenCounter
    ) {
        name = inventory.name
        self.router = router
        self.inventory = inventory
        self.sync = sync
        self.counter = counter
    }
}

/// The libraries of a service; the first is meant where a caller names none.
package struct ServedLibraries: Sendable {
    let all: [ServedLibrary]

    /// - Parameter libraries: at least one, each with a name of its own.
    package init(_ libraries: [ServedLibrary]) { all = libraries }

    /// - Throws: `ServiceProblem` where there is none of that name.
    func library(_ name: String?) throws(ServiceProblem) -> ServedLibrary {
        let found = name.map { name in all.first { $0.name == name } } ?? all.first
        guard let found else {
            throw ServiceProblem(
                404,
                "unknown-library",
                "this service has no library '\(Excerpt.of(name ?? ""))'",
                hint: "it has \(all.map(\.name).joined(separator: ", "))"
            )
        }
        return found
    }
}
