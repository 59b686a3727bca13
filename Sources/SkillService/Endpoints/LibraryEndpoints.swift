import HTTPTransport
import JSONSchema
import PlanExecution
import SkillCatalog
import SkillRetrieval
import SkillRouting

/// Libraries, their sources, and how far they are in step with them.
enum LibraryEndpoints {
    static func all(_ libraries: ServedLibraries) -> [Endpoint] {
        [
            Endpoint(
                method: .get,
                path: "/v1/libraries",
                operation: "listLibraries",
                summary: "The libraries of this service; the first is meant where a call names none.",
                tag: "libraries",
                scope: .library,
                answers: [.init(status: 200, summary: "All of them.", shape: .libraries)]
            ) { _ in
                var list: [JSONValue] = []
                for library in libraries.all {
                    list.append(await json(library, isDefault: library.name == libraries.all.first?.name))
                }
                return .json(["libraries": .array(list)])
            },
            Endpoint(
                method: .get,
                path: "/v1/libraries/{library}",
                operation: "getLibrary",
                summary: "One library.",
                tag: "libraries",
                scope: .library,
                answers: [.init(status: 200, summary: "The library.", shape: .library)],
                problems: [404]
            ) { call in
                let library = try libraries.library(call.place("library"))
                return .json(await json(library, isDefault: library.name == libraries.all.first?.name))
            },
            Endpoint(
                method: .post,
                path: "/v1/libraries/{library}/sync",
                operation: "syncLibrary",
                summary: "Reads the sources of a library again, in the background.",
                tag: "libraries",
                scope: .admin,
                body: .init(schema: .nothingInput),
                answers: [.init(status: 202, summary: "It has begun, or was under way.", shape: .library)],
                problems: [404, 409]
            ) { call in
                let library = try libraries.library(call.place("library"))
                guard await library.sync.begin() else {
                    throw ServiceProblem(
                        409,
                        "not-ours",
                        "the sources of '\(library.name)' are not read by this service",
                        hint: "update it with 'skillweaver index'; the service takes the update up by itself"
                    )
                }
                return .json(
                    await json(library, isDefault: library.name == libraries.all.first?.name),
                    status: 202
                )
            },
        ]
    }

    private static func json(_ library: ServedLibrary, isDefault: Bool) async -> JSONValue {
        let summary = await library.router.index.summary
        let report = await library.sync.report
        return [
            "name": .string(library.name), "skills": JSONValue(summary.skillCount),
            "tools": JSONValue(summary.toolCount), "entries": JSONValue(summary.entryCount),
            "generation": JSONValue(summary.generation), "model": .string(summary.modelName),
            "dimensions": JSONValue(summary.dimensions),
            "sources": .array(
                summary.sources.map { ["name": .string($0.name), "location": .string(ShownPlace.of($0.location))] }
            ),
            "default": .bool(isDefault),
            "sync": [
                "state": .string(report.state.rawValue), "last_update": JSONValue(report.lastUpdate?.description),
                "message": JSONValue(report.message),
                "added": JSONValue(report.counts.added),
                "changed": JSONValue(report.counts.changed), "removed": JSONValue(report.counts.removed),
            ],
        ]
    }
}
