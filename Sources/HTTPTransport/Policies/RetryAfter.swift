/// How long a server asks to wait (RFC 9110, 10.2.3).
package enum RetryAfter {
    /// Reads the header's value: seconds, whole or not, or a date; nil where it is neither.
    ///
    /// - Parameter now: seconds since 1970.
    /// - Returns: never less than nothing, for a date that has passed.
    package static func duration(_ value: String, now: Int) -> Duration? {
        if let seconds = Double(value) {
            guard seconds.isFinite, seconds >= 0 else { return nil }
            return .milliseconds(Int(min(seconds, 1e9) * 1000))
        }
        guard let date = HTTPDate(value) else { return nil }
        return .seconds(max(0, date.secondsSince1970 - now))
    }

    /// What an answer says, in any of the usual headers.
    package static func duration(in headers: HTTPHeaders, now: Int) -> Duration? {
        if let value = headers["retry-after-ms"], let milliseconds = Double(value), milliseconds.isFinite,
            milliseconds >= 0
        {
            return .milliseconds(Int(min(milliseconds, 1e12)))
        }
        return headers["Retry-After"].flatMap { duration($0, now: now) }
    }
}
