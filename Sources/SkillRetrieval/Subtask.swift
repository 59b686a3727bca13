/// One atomic piece of a request: what a single skill should do.
public struct Subtask: Sendable, Hashable, Identifiable {
    /// `s1`, `s2`, … in the order of the request.
    public var id: String
    /// What to do, readable on its own.
    public var text: String
    /// Which bytes of the request's UTF-8 this came from; nil where the request does not say it.
    public var span: Range<Int>?
    /// How sure the decomposer is that this is one step, 0…1.
    public var confidence: Double
    /// Whether the request asks for it, or a tool of the library needs it.
    public var origin: SubtaskOrigin

    public init(
        id: String,
        text: String,
        span: Range<Int>? = nil,
        confidence: Double = 1,
        origin: SubtaskOrigin = .stated
    ) {
        self.id = id
        self.text = text
        self.span = span
        self.confidence = confidence
        self.origin = origin
    }
}
