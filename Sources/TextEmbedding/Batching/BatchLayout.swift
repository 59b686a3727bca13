/// How the texts of a batch lie in a model's input.
enum BatchLayout: Sendable, Hashable {
    /// A row for each, filled up to the longest.
    case rows
    /// All in one row, one behind another, where each sees only itself: nothing is computed for what the shorter ones
    /// lack, and how many there are is nothing to the shape.
    case packed
}
