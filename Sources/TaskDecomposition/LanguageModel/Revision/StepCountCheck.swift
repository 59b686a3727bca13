/// Whether a model's number of steps can be right, given what the local decomposer counted.
///
/// The local count is off by more than one for some 2 % of the requests whose steps are in their text. A model that
/// differs by more has likely lost its way, and is asked once more; far off, it is never believed.
enum StepCountCheck {
    /// Differs by more than two, and by more than half of the draft.
    static func isUnlikely(_ count: Int, draft: Int) -> Bool {
        let difference = abs(count - draft)
        return difference > 2 && difference * 2 > draft
    }

    /// Two answers that agree to one step may be right; more than three times the draft is too much in any case.
    static func isConfirmed(_ count: Int, before earlier: Int, draft: Int) -> Bool {
        abs(count - earlier) <= 1 && count <= 3 * draft + 3
    }
}
