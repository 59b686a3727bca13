import JSONSchema
import PlanExecution

extension Shape {
    private static let phase = Shapes.choice(RunPhase.allCases.map(\.rawValue))
    private static let line = Shapes.object(
        ["at": Shapes.time, "text": Shapes.text],
        optional: ["element": Shapes.count]
    )

    static let runInput = Shape(
        name: "RunRequest",
        schema: {
            var schema =
                Shapes.input(
                    [:],
                    optional: [
                        "plan": Shapes.anyObject, "request": Shapes.text(1...20_000), "library": Shapes.text(1...64),
                        "approval": Shapes.choice(
                            ApprovalMode.allCases.map(\.rawValue),
                            standard: ApprovalMode.ask.rawValue,
                            "Who decides about calls that may destroy something."
                        ),
                        "on_failure": Shapes.choice(
                            FailurePolicy.allCases.map(\.rawValue),
                            standard: FailurePolicy.keep.rawValue
                        ),
                        "answers": [
                            "type": "object", "maxProperties": 200,
                            "description": "Values the plan leaves open, by step and argument: s1.url.",
                        ],
                        "concurrency": Shapes.integer(1...64, standard: 8, "Calls at a time."),
                    ]
                ).objectValue ?? [:]
            schema["oneOf"] = [["required": ["plan"]], ["required": ["request"]]]
            return .object(schema)
        }()
    )

    static let run = Shape(
        name: "Run",
        schema: Shapes.object(
            [
                "run": Shapes.text, "request": Shapes.text, "phase": phase, "created_at": Shapes.time,
                "updated_at": Shapes.time, "driving": Shapes.flag, "sequence": Shapes.count,
                "plan": Shapes.anyObject,
                "steps": Shapes.list(
                    Shapes.object(
                        [
                            "id": Shapes.text, "subtask": Shapes.text, "tools": Shapes.list(Shapes.text),
                            "state": Shapes.text, "attempts": Shapes.count, "history": Shapes.list(line),
                            "depends_on": Shapes.list(Shapes.text),
                        ],
                        optional: [
                            "why": Shapes.text, "started_at": Shapes.time, "ended_at": Shapes.time,
                            "milliseconds": Shapes.count, "result": Shapes.anything, "arguments": Shapes.anyObject,
                        ]
                    )
                ),
                "questions": Shapes.list(
                    Shapes.object(
                        [
                            "task": Shapes.text,
                            "kind": Shapes.choice(RunQuestion.Kind.allCases.map(\.rawValue)),
                            "text": Shapes.text, "tool": Shapes.text,
                        ],
                        optional: ["argument": Shapes.text, "arguments": Shapes.anyObject]
                    )
                ),
                "history": Shapes.list(line),
            ],
            optional: ["problem": Shapes.text]
        )
    )

    static let runPage = Shape(
        name: "RunPage",
        schema: Shapes.object([
            "runs": Shapes.list(
                Shapes.object([
                    "run": Shapes.text, "created_at": Shapes.time, "updated_at": Shapes.time, "phase": phase,
                    "steps": Shapes.count, "request": Shapes.text,
                ])
            ),
            "next": Shapes.orNull(Shapes.text),
        ])
    )

    static let answersInput = Shape(
        name: "RunAnswers",
        schema: {
            let tasks = Shapes.list(Shapes.text(1...100), most: 1_000)
            var schema =
                Shapes.input(
                    [:],
                    optional: [
                        "approve": tasks, "deny": tasks,
                        "values": [
                            "type": "object", "maxProperties": 200,
                            "description": "Values of arguments by step and name: s1.url.",
                        ],
                        "done": [
                            "type": "object", "maxProperties": 200,
                            "description": "Results of calls that took effect though nobody heard so, by task.",
                        ],
                    ]
                ).objectValue ?? [:]
            schema["minProperties"] = 1
            return .object(schema)
        }()
    )

    static let nothingInput = Shape(name: "Nothing", schema: Shapes.input([:]))
}
