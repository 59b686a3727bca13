/// What a server says of its own accord.
package enum ServerNotice: Sendable, Hashable {
    case toolsChanged
    case promptsChanged
    case resourcesChanged
    case resourceUpdated(uri: String)
    case log(LogMessageParams)
    /// The connection broke.
    case ended(ConnectionError)
}

/// How far a request has come.
package struct CallProgress: Sendable, Hashable {
    package var progress: Double
    package var total: Double?
    package var message: String?

    package init(progress: Double, total: Double? = nil, message: String? = nil) {
        self.progress = progress
        self.total = total
        self.message = message
    }
}
