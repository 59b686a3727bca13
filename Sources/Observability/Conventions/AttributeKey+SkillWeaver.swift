// Names of our own, for what no convention names.
extension AttributeKey {
    package static let skill: AttributeKey = "skillweaver.skill"
    package static let run: AttributeKey = "skillweaver.run.id"
    package static let runOutcome: AttributeKey = "skillweaver.run.outcome"
    package static let step: AttributeKey = "skillweaver.step.id"
    package static let attempt: AttributeKey = "skillweaver.attempt"
    package static let failureKind: AttributeKey = "skillweaver.failure.kind"
    package static let stage: AttributeKey = "skillweaver.stage"
    package static let decomposer: AttributeKey = "skillweaver.decomposer"
    package static let stepCount: AttributeKey = "skillweaver.steps"
    package static let textCount: AttributeKey = "skillweaver.texts"
}
