/// Why something cannot be done with a skill's folder, archive or source.
package struct AuthoringError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// What was asked for makes no sense: an unusable name or address.
        case usage
        /// There is no such file, folder, skill or revision.
        case missing
        /// Something of that name is there already.
        case conflict
        /// An archive or folder holds what no skill may hold.
        case hostile = "refused"
        /// It is larger than what is taken.
        case tooLarge = "too-large"
        /// It is no skill, or not a valid one.
        case invalid
        /// A program that is needed is missing or failed.
        case program = "program-failed"
        /// The file system said no.
        case files = "file-error"
    }

    package var kind: Kind
    /// What happened, with the offending word.
    package var message: String
    /// What to do next, where there is something to name.
    package var advice: String?

    package init(_ kind: Kind, _ message: String, advice: String? = nil) {
        self.kind = kind
        self.message = message
        self.advice = advice
    }

    package var description: String { advice.map { "\(message); \($0)" } ?? message }
}
