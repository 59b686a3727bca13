/// One step waits for another, and why.
public struct PlanEdge: Sendable, Hashable {
    /// The step that is done first.
    public var from: String
    /// The step that waits.
    public var to: String
    /// Nil for an edge somebody wrote by hand.
    public var reason: EdgeReason?

    public init(from: String, to: String, reason: EdgeReason? = nil) {
        self.from = from
        self.to = to
        self.reason = reason
    }
}

/// What in the request, or in the chosen tools, makes one step wait for another.
public struct EdgeReason: Sendable, Hashable {
    /// What makes a step wait for another.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Whoever split the request, a language model for example, says that the step uses the earlier one's result.
        case stated
        /// A pronoun or an expression such as "the results" stands for what the earlier step yields.
        case reference
        /// A noun phrase names what the earlier step yields: "the report".
        case mention
        /// The step's object or source is left out, and what came before is meant: "clean and plot".
        case elision
        /// The later tool needs a value that the earlier tool returns under the same name.
        case dataFlow = "data_flow"
        /// The request says so, without anything flowing: "run the tests, then deploy".
        case order
        /// The wording could not be read, so the order of the request is kept.
        case unread
    }

    /// What makes the step wait.
    public var kind: Kind
    /// The words or names that show it, for people.
    public var cue: String

    public init(_ kind: Kind, cue: String) {
        self.kind = kind
        self.cue = cue
    }

    /// The later step uses something the earlier one yields.
    public var carriesData: Bool {
        switch kind {
        case .stated, .reference, .mention, .elision, .dataFlow: true
        case .order, .unread: false
        }
    }
}

extension Plan {
    /// All edges, by waiting step in the order of the plan.
    public var edges: [PlanEdge] {
        steps.flatMap { step in
            step.dependsOn.map { PlanEdge(from: $0, to: step.id, reason: step.reasons[$0]) }
        }
    }
}
