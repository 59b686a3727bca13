/// The class of an error, of few values, as `error.type` wants it.
package enum ErrorType {
    /// What is said where nothing better is known.
    package static let other = "_OTHER"
    package static let cancelled = "cancelled"
    package static let timeout = "timeout"

    package static func name(of error: any Error) -> String {
        switch error {
        case is CancellationError: cancelled
        default: String(describing: type(of: error))
        }
    }
}
