package import JSONSchema

/// Where one step stands: its tasks that are under way, and what the others came to.
package struct StepState: Sendable, Hashable {
    package enum End: Sendable, Hashable {
        case succeeded
        case failed(ToolFailure)
        case skipped(SkipReason)
    }

    package internal(set) var end: End?
    /// Dependencies that are not settled.
    package internal(set) var waitsFor: Int
    /// Tasks of the step: 1, or as many as its list has elements; nil before the list is known.
    package internal(set) var count: Int?
    /// The first element that was not begun.
    package internal(set) var nextElement = 0
    /// Tasks that were begun and are not settled, by element; 0 for a step that runs once.
    package internal(set) var active: [Int: TaskState] = [:]
    /// What the tasks returned, by element. Dropped when no later step needs it.
    package internal(set) var values: [Int: JSONValue] = [:]
    package internal(set) var settled = 0
    package internal(set) var failure: ToolFailure?
    package internal(set) var skip: SkipReason?
    /// When its first attempt began, moved on by the time it waited for a person since.
    package internal(set) var startedAt: RunTime?
    /// Since when at least one of its tasks waits for a person; nil where none does.
    package internal(set) var askedAt: RunTime?
    /// Later steps that use the result and are not settled.
    package internal(set) var usesLeft: Int
    /// Where a fallback's result has what later steps look for.
    package internal(set) var rebound: [String: String] = [:]
    /// The first tool that took over from the planned one; nil where none did.
    package internal(set) var fallback: String?
    /// What the plan named could not do it, and it was planned anew.
    package internal(set) var isReplanned = false
    /// It runs once, not for each element of a list.
    package let isSingle: Bool

    init(isSingle: Bool, waitsFor: Int, uses: Int) {
        self.isSingle = isSingle
        self.waitsFor = waitsFor
        count = isSingle ? 1 : nil
        usesLeft = uses
    }

    /// The step's result: that of its one call, or the list of those of its elements, skipped ones left out.
    package var result: JSONValue? {
        guard case .succeeded = end else { return nil }
        guard !isSingle else { return values[0] }
        return .array(values.keys.sorted().compactMap { values[$0] })
    }
}
