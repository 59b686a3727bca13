package import JSONSchema

/// How far a failed run is with taking back what it did.
package struct CompensationState: Sendable, Hashable {
    /// A finished call that says how it is taken back.
    package struct Call: Sendable, Hashable {
        package var task: TaskID
        package var skill: String
        package var tool: String
        package var arguments: JSONObject
        package var result: JSONValue
    }

    package enum Phase: Sendable, Hashable {
        case ready
        case running(attempt: Int)
        case undecided(ToolFailure)
        case retrying(until: RunTime)
    }

    /// In the order in which the calls were finished; they are taken back from the end.
    package internal(set) var calls: [Call] = []
    package internal(set) var phase = Phase.ready
    package internal(set) var tries = 0
    package internal(set) var hasBegun = false

    mutating func settleLast() {
        _ = calls.popLast()
        (phase, tries) = (.ready, 0)
    }
}
