import JSONSchema

extension Shape {
    private static let words = Shapes.list(Shapes.text(1...200), most: 200)

    static let searchInput = Shape(
        name: "SearchRequest",
        schema: Shapes.input(
            ["query": Shapes.text(1...4_000, "What to look for.")],
            optional: [
                "top": Shapes.integer(1...1_000, standard: 10, "How many skills."),
                "explain": Shapes.flag(standard: false, "Say what put each result where it is."),
                "library": Shapes.text(1...64), "sources": words, "tags": words, "allow": words, "deny": words,
            ]
        )
    )

    static let explanation = Shape(
        name: "Explanation",
        schema: Shapes.object([
            "skill": Shapes.text, "tool": Shapes.orNull(Shapes.text), "rank": Shapes.orNull(Shapes.count),
            "relevance": Shapes.orNull(Shapes.number),
            "signals": Shapes.list(
                Shapes.object([
                    "signal": Shapes.text, "value": Shapes.number, "share": Shapes.number,
                    "share_of_first": Shapes.orNull(Shapes.number),
                ])
            ),
            "words": Shapes.list(
                Shapes.object([
                    "word": Shapes.text, "lexical": Shapes.number, "nearest": Shapes.orNull(Shapes.number),
                ])
            ),
        ])
    )

    static let searchAnswer = Shape(
        name: "SearchAnswer",
        schema: Shapes.object([
            "library": Shapes.text, "query": Shapes.text, "milliseconds": Shapes.number,
            "results": Shapes.list(
                Shapes.object(
                    [
                        "skill": Shapes.text, "tool": Shapes.orNull(Shapes.text), "score": Shapes.number,
                        "name": Shapes.text, "description": Shapes.text, "source": Shapes.text,
                    ],
                    optional: ["explanation": explanation.reference]
                )
            ),
        ])
    )

    static let routeInput = Shape(
        name: "RouteRequest",
        schema: Shapes.input(
            ["request": Shapes.text(1...20_000, "What is to be done, in your own words.")],
            optional: [
                "library": Shapes.text(1...64),
                "svg": Shapes.flag(standard: false, "Also draw the plan."),
            ]
        )
    )

    static let plan = Shape(
        name: "Plan",
        schema: Shapes.object(
            [
                "request": Shapes.text, "decomposer": Shapes.text,
                "steps": Shapes.list(
                    Shapes.object(
                        ["id": Shapes.text, "subtask": Shapes.text],
                        optional: [
                            "skill": Shapes.orNull(Shapes.text), "tool": Shapes.orNull(Shapes.text),
                            "score": Shapes.orNull(Shapes.number), "candidates": Shapes.list(Shapes.anyObject),
                            "depends_on": Shapes.list(Shapes.text), "arguments": Shapes.orNull(Shapes.anyObject),
                        ]
                    )
                ),
            ],
            "A plan as 'skillweaver route --json' writes it; Docs/plan.schema.json of the project says it all."
        )
    )

    static let routeAnswer = Shape(
        name: "RouteAnswer",
        schema: Shapes.object(
            [
                "library": Shapes.text, "plan": plan.reference, "mermaid": Shapes.text,
                "skills": [
                    "type": "object",
                    "additionalProperties": Shapes.object([
                        "name": Shapes.text, "description": Shapes.text, "tools": Shapes.list(tool),
                    ]),
                ],
            ],
            optional: ["svg": Shapes.text]
        )
    )

    static let planInput = Shape(
        name: "PlanCheckRequest",
        schema: Shapes.input(["plan": Shapes.anyObject], optional: ["library": Shapes.text(1...64)])
    )

    static let planCheck = Shape(
        name: "PlanCheck",
        schema: Shapes.object([
            "valid": Shapes.flag, "problems": Shapes.list(Shapes.text),
            "questions": Shapes.list(Shapes.anyObject), "plan": plan.reference,
        ])
    )

    static let candidateInput = Shape(
        name: "CandidateRequest",
        schema: Shapes.input(
            ["plan": Shapes.anyObject, "step": Shapes.text(1...64), "skill": Shapes.text(1...200)],
            optional: ["tool": Shapes.orNull(Shapes.text(1...200)), "library": Shapes.text(1...64)]
        )
    )

    static let planAnswer = Shape(name: "PlanAnswer", schema: Shapes.object(["plan": plan.reference]))
}
