import Glibc

/// A moment in whole seconds, written as RFC 3339 has it: `2026-11-22T01:33:07Z`.
package struct UTCTime: Sendable, Hashable, Comparable, CustomStringConvertible {
    package var secondsSince1970: Int64

    package init(_ secondsSince1970: Int64) { self.secondsSince1970 = secondsSince1970 }

    package static var now: UTCTime {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return UTCTime(Int64(now.tv_sec))
    }

    /// Reads exactly what `description` writes; nil for anything else.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 20 else { return nil }
        var numbers: [Int32] = []
        for part in [0..<4, 5..<7, 8..<10, 11..<13, 14..<16, 17..<19] {
            guard let number = Int32(String(decoding: bytes[part], as: UTF8.self)) else { return nil }
            numbers.append(number)
        }
        var fields = tm()
        fields.tm_year = numbers[0] - 1900
        fields.tm_mon = numbers[1] - 1
        fields.tm_mday = numbers[2]
        fields.tm_hour = numbers[3]
        fields.tm_min = numbers[4]
        fields.tm_sec = numbers[5]
        self.init(Int64(timegm(&fields)))
        // A day or an hour that does not exist comes out as another one.
        guard description == text else { return nil }
    }

    package var description: String {
        var seconds = time_t(secondsSince1970)
        var fields = tm()
        gmtime_r(&seconds, &fields)
        let (year, month, day) = (Int(fields.tm_year) + 1900, Int(fields.tm_mon) + 1, Int(fields.tm_mday))
        let (hour, minute, second) = (Int(fields.tm_hour), Int(fields.tm_min), Int(fields.tm_sec))
        return "\(Self.digits(year, 4))-\(Self.digits(month, 2))-\(Self.digits(day, 2))"
            + "T\(Self.digits(hour, 2)):\(Self.digits(minute, 2)):\(Self.digits(second, 2))Z"
    }

    package static func < (left: UTCTime, right: UTCTime) -> Bool { left.secondsSince1970 < right.secondsSince1970 }

    private static func digits(_ number: Int, _ count: Int) -> String {
        let text = "\(number)"
        return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }
}
