/// A moment as the journal keeps it: milliseconds since 1970, by the clock on the wall.
public struct RunTime: Sendable, Hashable, Comparable {
    /// Milliseconds since 1970 in UTC.
    public var milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static func < (left: RunTime, right: RunTime) -> Bool { left.milliseconds < right.milliseconds }

    /// That much later, to the millisecond above, so that waiting until then waits long enough.
    public func advanced(by duration: Duration) -> RunTime {
        RunTime(milliseconds: milliseconds + duration.wholeMilliseconds)
    }

    /// How long it is from here to a later moment; negative for an earlier one.
    public func duration(to other: RunTime) -> Duration { .milliseconds(other.milliseconds - milliseconds) }
}

extension Duration {
    /// Milliseconds, a started one counted; what is too long to count is some three hundred million years.
    package var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        let scaled = seconds.multipliedReportingOverflow(by: 1_000)
        guard !scaled.overflow else { return seconds < 0 ? Int64.min / 4 : Int64.max / 4 }
        let part = attoseconds / 1_000_000_000_000_000
        let remainder = attoseconds % 1_000_000_000_000_000 > 0 ? Int64(1) : 0
        return min(max(scaled.partialValue, Int64.min / 4), Int64.max / 4) + part + remainder
    }

    /// Seconds with a fraction.
    package var inSeconds: Double { self / .seconds(1) }
}

extension RunTime: CustomStringConvertible {
    /// `2026-05-01T12:30:05.250Z` (RFC 3339, UTC).
    public var description: String {
        let (days, rest) = Self.divided(milliseconds, by: 86_400_000)
        let (year, month, day) = Self.date(ofDay: days)
        let seconds = rest / 1_000
        let clock = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { Self.padded($0, 2) }
        return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))T"
            + clock.joined(separator: ":") + ".\(Self.padded(rest % 1_000, 3))Z"
    }

    private static func divided(_ value: Int64, by divisor: Int64) -> (Int64, Int64) {
        let rest = ((value % divisor) + divisor) % divisor
        return ((value - rest) / divisor, rest)
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    /// The civil date of a day counted from 1970-01-01 (H. Hinnant, "chrono-compatible low-level date algorithms").
    private static func date(ofDay day: Int64) -> (Int64, Int64, Int64) {
        let (era, dayOfEra) = divided(day + 719_468, by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }
}
