// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("MemberImportVisibility"), .enableUpcomingFeature("InternalImportsByDefault"),
]

/// One target of ours: its folder under `Sources/`, and what it may import (DESIGN, "imports go only upward").
func module(_ name: String, imports: [Target.Dependency] = [], resources: [Resource]? = nil) -> Target {
    .target(name: name, dependencies: imports, resources: resources, swiftSettings: strict)
}

func tests(_ module: String, imports: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(module)Tests",
        dependencies: [.byName(name: module), "TestSupport"] + imports,
        exclude: exclude,
        swiftSettings: strict
    )
}

/// The web console, which the program carries with it.
let console = [
    "api.js", "app.js", "argument-fields.js", "benchmarks-view.js", "candidate-list.js", "console.css", "dialog.js",
    "dom.js", "events.js", "graph-layout.js", "icon.svg", "icons.js", "index.html", "json-view.js",
    "library-view.js", "library.css", "markdown-inline.js", "markdown.js", "notices.js", "plan-desk.js",
    "plan-facts.js", "plan-graph.js", "plan-mermaid.js", "plan.css", "reasons.js", "request-text.js",
    "route-view.js", "run-model.js", "run-questions.js", "run-steps.js", "run-timeline.js", "run-view.js",
    "run.css", "runs-view.js", "schema-view.js", "scheme.js", "session.js", "skill-view.js", "states.js",
    "step-card.js", "text.js", "theme.css", "token-cost.js", "value-field.js",
]

let package = Package(
    name: "SkillWeaver",
    products: [
        .library(name: "SkillWeaver", targets: ["SkillWeaver"]),
        .executable(name: "skillweaver", targets: ["CLI"]),
    ],
    targets: [
        // Native: one shim per C or C++ dependency, no logic.
        .systemLibrary(name: "CSQLite", path: "Sources/Native/CSQLite"),
        .systemLibrary(name: "CPostgreSQL", path: "Sources/Native/CPostgreSQL"),
        .systemLibrary(name: "CYAML", path: "Sources/Native/CYAML"),
        .systemLibrary(name: "COpenSSL", path: "Sources/Native/COpenSSL"),
        .systemLibrary(name: "CCurl", path: "Sources/Native/CCurl"),
        .systemLibrary(name: "CArchive", path: "Sources/Native/CArchive"),
        .target(name: "CSpawn", path: "Sources/Native/CSpawn"),
        .target(name: "CAllocator", path: "Sources/Native/CAllocator"),
        .target(name: "CThreadSanitizer", path: "Sources/Native/CThreadSanitizer"),
        .target(
            name: "CMicroHTTPD",
            path: "Sources/Native/CMicroHTTPD",
            linkerSettings: [.linkedLibrary("microhttpd")]
        ),
        .target(
            name: "CLinearAlgebra",
            path: "Sources/Native/CLinearAlgebra",
            linkerSettings: ["lapack", "blas"].map { .linkedLibrary($0) }
        ),
        .target(
            name: "CFAISS",
            dependencies: ["CLinearAlgebra"],
            path: "Sources/Native/CFAISS",
            linkerSettings: ["faiss", "lapack", "blas", "gomp", "stdc++", "m"].map { .linkedLibrary($0) }
        ),
        .target(
            name: "COpenVINO",
            path: "Sources/Native/COpenVINO",
            cSettings: [.headerSearchPath("../../../.deps/openvino/include")],
            linkerSettings: [.linkedLibrary("dl")]
        ),

        // Floor.
        module("JSONSchema"),
        module("Storage", imports: ["CSQLite", "COpenSSL", "CPostgreSQL"]),
        module("Subprocesses", imports: ["CSpawn"]),
        module("HTTPTransport", imports: ["CCurl", "CMicroHTTPD"]),
        module("Observability", imports: ["JSONSchema", "HTTPTransport"]),
        module("CommandLineInterface", imports: ["JSONSchema"]),

        // Nouns.
        module("SkillCatalog", imports: ["JSONSchema", "Storage", "CYAML"]),
        module(
            "TextEmbedding",
            imports: ["Storage", "COpenVINO", "JSONSchema", "HTTPTransport", "Observability"]
        ),
        module("LanguageModels", imports: ["JSONSchema", "HTTPTransport", "Storage", "Observability"]),

        // Verbs.
        module(
            "SkillRetrieval",
            imports: [
                "JSONSchema", "SkillCatalog", "TextEmbedding", "LanguageModels", "Storage", "CFAISS", "CLinearAlgebra",
            ]
        ),
        module(
            "TaskDecomposition",
            imports: ["JSONSchema", "SkillCatalog", "TextEmbedding", "SkillRetrieval", "LanguageModels"],
            resources: [.embedInCode("Heads/step-heads.model")]
        ),
        module(
            "PlanComposition",
            imports: [
                "JSONSchema", "SkillCatalog", "TextEmbedding", "SkillRetrieval", "LanguageModels", "Subprocesses",
            ]
        ),
        module(
            "PlanExecution",
            imports: [
                "JSONSchema", "SkillCatalog", "SkillRetrieval", "PlanComposition", "LanguageModels", "Subprocesses",
                "HTTPTransport", "Storage", "CSpawn", "Observability",
            ],
            resources: [
                .embedInCode("Invokers/Python/python_worker.py"), .embedInCode("Sandbox/Egress/python_egress.py"),
            ]
        ),
        module(
            "SkillRouting",
            imports: [
                "JSONSchema", "Storage", "SkillCatalog", "TextEmbedding", "LanguageModels", "SkillRetrieval",
                "TaskDecomposition", "PlanComposition", "PlanExecution", "Observability",
            ]
        ),

        // Doors.
        module(
            "ModelContextProtocol",
            imports: ["JSONSchema", "HTTPTransport", "Subprocesses", "COpenSSL", "Observability"]
        ),
        module(
            "ToolConnectors",
            imports: [
                "JSONSchema", "Storage", "HTTPTransport", "Subprocesses", "SkillCatalog", "LanguageModels",
                "PlanExecution",
                "ModelContextProtocol",
            ]
        ),
        module(
            "SkillHarness",
            imports: [
                "JSONSchema", "Storage", "SkillCatalog", "LanguageModels", "SkillRetrieval", "PlanComposition",
                "PlanExecution",
                "SkillRouting", "ModelContextProtocol", "ToolConnectors",
            ]
        ),
        module(
            "SkillService",
            imports: [
                "JSONSchema", "Storage", "HTTPTransport", "SkillCatalog", "TextEmbedding", "LanguageModels",
                "SkillRetrieval", "TaskDecomposition", "PlanComposition", "PlanExecution", "SkillRouting",
                "SkillHarness", "ModelContextProtocol", "Observability",
            ],
            resources: console.map { .embedInCode("Console/\($0)") }
        ),
        module(
            "SkillAuthoring",
            imports: [
                "JSONSchema", "Storage", "Subprocesses", "SkillCatalog", "SkillRetrieval", "PlanComposition",
                "PlanExecution",
                "CArchive",
            ]
        ),
        module(
            "SkillEvaluation",
            imports: [
                "JSONSchema", "Storage", "SkillCatalog", "TextEmbedding", "LanguageModels", "SkillRetrieval",
                "TaskDecomposition", "PlanComposition", "SkillRouting",
            ]
        ),
        module(
            "SkillWeaver",
            imports: [
                "JSONSchema", "SkillCatalog", "TextEmbedding", "LanguageModels", "SkillRetrieval", "TaskDecomposition",
                "PlanComposition", "PlanExecution", "SkillRouting", "ToolConnectors",
            ]
        ),
        .executableTarget(
            name: "CLI",
            dependencies: [
                "SkillWeaver", "CommandLineInterface", "JSONSchema", "Subprocesses", "Storage", "HTTPTransport",
                "SkillEvaluation", "SkillHarness", "SkillService", "SkillAuthoring",
                "SkillCatalog", "TextEmbedding", "LanguageModels", "SkillRetrieval", "TaskDecomposition",
                "PlanComposition", "PlanExecution", "SkillRouting", "ToolConnectors",
                "ModelContextProtocol", "Observability", "CAllocator", "CThreadSanitizer",
            ],
            swiftSettings: strict
        ),

        // Tests mirror the modules.
        .target(
            name: "TestSupport",
            dependencies: [
                "Subprocesses", "JSONSchema", "Storage", "HTTPTransport", "Observability", "CThreadSanitizer",
            ],
            path: "Tests/TestSupport",
            exclude: [
                "Servers/scripted_server.py", "Servers/postgresql_server.py", "Models/tiny_cross_encoder.py",
            ],
            swiftSettings: strict
        ),
        tests("JSONSchema"),
        tests("Storage"),
        tests("Subprocesses", imports: ["CSpawn"]),
        tests("HTTPTransport", imports: ["Subprocesses"]),
        tests("Observability", imports: ["JSONSchema", "HTTPTransport"]),
        tests("SkillCatalog", imports: ["JSONSchema", "Storage"]),
        tests(
            "TextEmbedding",
            imports: ["JSONSchema", "Storage", "Subprocesses", "HTTPTransport"],
            exclude: [
                "reference_embeddings.py", "Tokenizer/reference_tokens.py", "Tokenizer/generate_unicode_tables.py",
            ]
        ),
        tests("SkillRetrieval", imports: ["SkillCatalog", "TextEmbedding", "LanguageModels", "JSONSchema", "Storage"]),
        tests(
            "TaskDecomposition",
            imports: ["SkillRetrieval", "SkillCatalog", "LanguageModels", "JSONSchema", "TextEmbedding"],
            exclude: ["Heads/OwnRequests"]
        ),
        tests(
            "PlanComposition",
            imports: ["SkillRetrieval", "SkillCatalog", "JSONSchema", "LanguageModels", "Subprocesses"]
        ),
        tests(
            "PlanExecution",
            imports: [
                "JSONSchema", "SkillCatalog", "SkillRetrieval", "PlanComposition", "LanguageModels", "Subprocesses",
                "HTTPTransport", "Storage", "Observability",
            ]
        ),
        tests(
            "ToolConnectors",
            imports: [
                "ModelContextProtocol",
                "JSONSchema", "Storage", "HTTPTransport", "SkillCatalog", "LanguageModels", "PlanComposition",
                "PlanExecution", "Observability",
            ]
        ),
        tests(
            "SkillHarness",
            imports: [
                "JSONSchema", "SkillCatalog", "LanguageModels", "SkillRetrieval", "PlanExecution", "SkillRouting",
                "ModelContextProtocol", "ToolConnectors", "Observability",
            ],
            exclude: ["Gateway/sdk_client.py"]
        ),
        tests(
            "SkillService",
            imports: [
                "JSONSchema", "Storage", "HTTPTransport", "ModelContextProtocol", "Subprocesses", "SkillCatalog",
                "LanguageModels", "PlanExecution", "SkillRouting", "SkillHarness", "Observability",
            ],
            exclude: ["Console/accessibility.js"]
        ),
        tests(
            "SkillAuthoring",
            imports: ["JSONSchema", "Storage", "Subprocesses", "SkillCatalog", "PlanExecution"]
        ),
        tests(
            "ModelContextProtocol",
            imports: ["JSONSchema", "HTTPTransport", "Subprocesses", "Observability"],
            exclude: ["Servers"]
        ),
        tests(
            "SkillRouting",
            imports: [
                "SkillWeaver", "JSONSchema", "SkillCatalog", "SkillRetrieval", "PlanExecution", "Storage",
                "Observability",
            ]
        ),
        tests(
            "SkillEvaluation",
            imports: [
                "JSONSchema", "SkillCatalog", "TextEmbedding", "LanguageModels", "SkillRetrieval", "TaskDecomposition",
                "PlanComposition", "SkillRouting", "Subprocesses",
            ]
        ),
        tests(
            "LanguageModels",
            imports: ["JSONSchema", "Subprocesses", "HTTPTransport", "Observability"],
            exclude: ["Tokens/reference_tokens.py"]
        ),
        tests("CommandLineInterface", imports: ["JSONSchema"]),
        .testTarget(
            name: "CLITests",
            dependencies: [
                "CLI", "CommandLineInterface", "TestSupport", "Subprocesses", "JSONSchema", "Storage", "HTTPTransport",
            ],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
