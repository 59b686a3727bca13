import Glibc

/// The environment variables a command may look at.
package struct Environment: Sendable {
    private let value: @Sendable (String) -> String?

    /// The variables of this process.
    package static let process = Environment { name in getenv(name).map { String(cString: $0) } }

    /// Fixed variables, for tests.
    package init(_ variables: [String: String]) {
        self.init { variables[$0] }
    }

    private init(value: @escaping @Sendable (String) -> String?) { self.value = value }

    /// The value of a variable; nil when it is not set.
    package subscript(name: String) -> String? { value(name) }
}
