/// One event of a `text/event-stream`.
package struct ServerSentEvent: Sendable, Hashable {
    /// What kind of event it is; `message` where the stream does not say.
    package var name: String
    /// Its lines of data, joined by line breaks.
    package var data: String
    /// The last identifier the stream gave, for going on after a break; nil where it gave none.
    package var id: String?

    package init(name: String = "message", data: String, id: String? = nil) {
        self.name = name
        self.data = data
        self.id = id
    }
}
