/// One way in which a value breaks its schema.
public struct SchemaViolation: Sendable, Hashable, CustomStringConvertible {
    /// Where in the value: a JSON pointer, empty for the value itself.
    public var path: String
    /// The keyword that is broken, for example `required`.
    public var keyword: String
    /// What is wrong, in words a person or a model can act on.
    public var message: String

    init(path: String, keyword: String, message: String) {
        self.path = path
        self.keyword = keyword
        self.message = message
    }

    public var description: String { path.isEmpty ? message : "\(path): \(message)" }
}
