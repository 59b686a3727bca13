import Glibc

/// A moment as logs write it: `2026-11-22T01:33:13.123Z`.
enum Timestamp {
    /// - Parameter time: nanoseconds since 1970.
    static func text(_ time: UInt64) -> String {
        var seconds = time_t(time / 1_000_000_000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func padded(_ value: Int, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
        }
        let date = [
            padded(Int(parts.tm_year) + 1900, 4), padded(Int(parts.tm_mon) + 1, 2), padded(Int(parts.tm_mday), 2),
        ]
        let day = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { padded(Int($0), 2) }
        let milliseconds = padded(Int(time / 1_000_000 % 1_000), 3)
        return "\(date.joined(separator: "-"))T\(day.joined(separator: ":")).\(milliseconds)Z"
    }
}
