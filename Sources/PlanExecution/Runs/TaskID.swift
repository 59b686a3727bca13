/// One piece of work of a run: a step, or a step for one element of its list.
public struct TaskID: Sendable, Hashable {
    /// Id of the step in its plan.
    public var step: String
    /// Position in the step's list, from 0; nil for a step that runs once.
    public var element: Int?

    public init(step: String, element: Int? = nil) {
        self.step = step
        self.element = element
    }
}

extension TaskID: CustomStringConvertible {
    /// `s2`, or `s2[3]` for one element.
    public var description: String { element.map { "\(step)[\($0)]" } ?? step }
}
