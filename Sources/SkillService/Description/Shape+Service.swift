import JSONSchema

extension Shape {
    static let problem = Shape(
        name: "Problem",
        schema: Shapes.object(
            [
                "type": Shapes.text, "title": Shapes.text, "status": Shapes.count, "code": Shapes.text,
                "detail": Shapes.text, "request_id": Shapes.text,
            ],
            optional: ["hint": Shapes.text, "problems": Shapes.list(Shapes.text)],
            "What went wrong (RFC 9457); programs look at `code`."
        )
    )

    static let health = Shape(
        name: "Health",
        schema: Shapes.object(["status": Shapes.text], optional: ["libraries": Shapes.count])
    )

    static let service = Shape(
        name: "Service",
        schema: Shapes.object([
            "name": Shapes.text, "version": Shapes.text, "decomposer": Shapes.text,
            "uptime_seconds": Shapes.number, "scopes": Shapes.list(Shapes.text), "authenticated": Shapes.flag,
            "drives_runs": Shapes.flag, "runs_driven": Shapes.count,
        ])
    )

    private static let scopes = Shapes.list(Shapes.choice(AccessScope.allCases.map(\.rawValue)))

    static let accessToken = Shape(
        name: "AccessToken",
        schema: Shapes.object(
            [
                "id": Shapes.text, "name": Shapes.text, "scopes": scopes, "created_at": Shapes.time,
                "expires_at": Shapes.orNull(Shapes.time), "last_used_at": Shapes.orNull(Shapes.time),
            ],
            optional: ["token": Shapes.text]
        )
    )

    static let accessTokens = Shape(name: "AccessTokens", schema: Shapes.object(["tokens": Shapes.list(accessToken)]))

    static let accessTokenInput = Shape(
        name: "AccessTokenRequest",
        schema: Shapes.input(
            [
                "name": Shapes.text(1...100),
                "scopes": [
                    "type": "array", "minItems": 1, "uniqueItems": true,
                    "items": Shapes.choice(AccessScope.allCases.map(\.rawValue)),
                ],
            ],
            optional: ["expires_in_seconds": Shapes.integer(1...315_360_000)]
        )
    )

    /// Every shape that the document names.
    static let all = [
        problem, health, service, accessToken, accessTokens, accessTokenInput, library, libraries, skillOverview,
        skillPage, tool, skill, menu, skillFiles, validation, tokenCosts, benchmarks, searchInput, explanation,
        searchAnswer, routeInput, plan, routeAnswer, planInput, planCheck, candidateInput, planAnswer, runInput, run,
        runPage, answersInput, nothingInput,
    ]
}
