package import JSONSchema

/// What testing a skill found.
package struct TestReport: Sendable, Hashable {
    package enum Outcome: String, Sendable, Hashable { case passed, failed, skipped }

    /// One thing that was looked at.
    package struct Check: Sendable, Hashable {
        /// `rules`, `schemas`, `functions`, `examples` or `tests`.
        package var group: String
        /// Which one of the group.
        package var name: String
        package var outcome: Outcome
        /// What is wrong, or why it was skipped; empty where there is nothing to say.
        package var detail: String

        package init(_ group: String, _ name: String, _ outcome: Outcome, _ detail: String = "") {
            self.group = group
            self.name = name
            self.outcome = outcome
            self.detail = detail
        }
    }

    package var skill: String
    package var folder: String
    package var checks: [Check] = []

    package init(skill: String, folder: String) {
        self.skill = skill
        self.folder = folder
    }

    package var isPassed: Bool { !checks.contains { $0.outcome == .failed } }

    package func count(_ outcome: Outcome) -> Int { checks.count { $0.outcome == outcome } }

    package var json: JSONValue {
        [
            "skill": .string(skill), "folder": .string(folder), "passed": .bool(isPassed),
            "counts": [
                "passed": JSONValue(count(.passed)), "failed": JSONValue(count(.failed)),
                "skipped": JSONValue(count(.skipped)),
            ],
            "checks": .array(
                checks.map { check in
                    [
                        "group": .string(check.group), "name": .string(check.name),
                        "outcome": .string(check.outcome.rawValue), "detail": .string(check.detail),
                    ]
                }
            ),
        ]
    }
}
