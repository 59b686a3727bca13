import JSONSchema

extension Shape {
    static let library = Shape(
        name: "Library",
        schema: Shapes.object([
            "name": Shapes.text, "skills": Shapes.count, "tools": Shapes.count, "entries": Shapes.count,
            "generation": Shapes.count, "model": Shapes.text, "dimensions": Shapes.count,
            "sources": Shapes.list(Shapes.object(["name": Shapes.text, "location": Shapes.text])),
            "default": Shapes.flag,
            "sync": Shapes.object([
                "state": Shapes.choice(["current", "watching", "updating", "failed", "unwatched"]),
                "last_update": Shapes.orNull(Shapes.time), "message": Shapes.orNull(Shapes.text),
                "added": Shapes.count, "changed": Shapes.count, "removed": Shapes.count,
            ]),
        ])
    )

    static let libraries = Shape(name: "Libraries", schema: Shapes.object(["libraries": Shapes.list(library)]))

    static let skillOverview = Shape(
        name: "SkillOverview",
        schema: Shapes.object([
            "id": Shapes.text, "name": Shapes.text, "description": Shapes.text, "source": Shapes.text,
            "tools": Shapes.count,
        ])
    )

    static let skillPage = Shape(
        name: "SkillPage",
        schema: Shapes.object([
            "library": Shapes.text, "skills": Shapes.list(skillOverview), "total": Shapes.count,
            "next": Shapes.orNull(Shapes.text),
        ])
    )

    static let tool = Shape(
        name: "Tool",
        schema: Shapes.object(
            [
                "name": Shapes.text, "description": Shapes.text, "input_schema": Shapes.anyObject,
                "read_only": Shapes.flag, "destructive": Shapes.flag,
            ],
            optional: ["output_schema": Shapes.anyObject]
        )
    )

    static let skill = Shape(
        name: "Skill",
        schema: Shapes.object(
            [
                "id": Shapes.text, "name": Shapes.text, "description": Shapes.text, "document": Shapes.text,
                "tools": Shapes.list(tool), "source": Shapes.text,
                "origin": Shapes.object(["file": Shapes.text], optional: ["line": Shapes.count]),
                "tags": Shapes.list(Shapes.text),
                "tokens": Shapes.object([
                    "document": Shapes.count, "schemas": Shapes.count, "menu_line": Shapes.count,
                    "source": Shapes.choice(["measured", "counted", "estimated"]),
                ]),
            ],
            optional: [
                "url": Shapes.text, "license": Shapes.text, "compatibility": Shapes.text, "category": Shapes.text,
            ]
        )
    )

    static let menu = Shape(
        name: "Menu",
        schema: Shapes.object([
            "text": Shapes.text, "tokens": Shapes.count, "shown": Shapes.count, "omitted": Shapes.count,
        ])
    )

    static let skillFiles = Shape(
        name: "SkillFiles",
        schema: Shapes.input(
            [
                "files": [
                    "type": "object", "minProperties": 1, "maxProperties": 64,
                    "propertyNames": Shapes.text(1...200), "additionalProperties": Shapes.text,
                    "description": "Texts by their paths in the skill's folder.",
                ]
            ],
            optional: ["name": Shapes.text(1...64, "Name of the skill's folder.")]
        )
    )

    static let validation = Shape(
        name: "Validation",
        schema: Shapes.object([
            "valid": Shapes.flag,
            "diagnostics": Shapes.list(
                Shapes.object(
                    ["severity": Shapes.choice(["error", "warning"]), "code": Shapes.text, "message": Shapes.text],
                    optional: ["file": Shapes.text, "line": Shapes.count]
                )
            ),
        ])
    )

    static let tokenCosts = Shape(
        name: "TokenCosts",
        schema: Shapes.object([
            "strategies": Shapes.list(
                Shapes.object([
                    "name": Shapes.choice(["upfront", "menu", "routed"]), "tokens": Shapes.count,
                    "source": Shapes.choice(["measured", "counted", "estimated"]),
                ])
            ),
            "saved": Shapes.number, "skills": Shapes.count, "tools": Shapes.count, "loaded": Shapes.count,
        ])
    )

    static let benchmarks = Shape(
        name: "Benchmarks",
        schema: Shapes.object([
            "environment": Shapes.anyObject,
            "plots": Shapes.list(Shapes.object(["name": Shapes.text, "title": Shapes.text])),
            "report": Shapes.text,
        ])
    )
}
