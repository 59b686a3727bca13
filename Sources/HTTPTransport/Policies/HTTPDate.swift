/// A moment as HTTP writes it, in whole seconds since 1970 (RFC 9110, 5.6.7).
package struct HTTPDate: Sendable, Hashable {
    package var secondsSince1970: Int

    package init(secondsSince1970: Int) { self.secondsSince1970 = secondsSince1970 }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Reads `Sun, 06 Nov 1994 08:49:37 GMT` and the two forms before it; nil for anything else.
    package init?(_ text: String) {
        let words = text.split { $0 == " " || $0 == "," || $0 == "-" }.map(String.init)
        switch words.count {
        // Sun 06 Nov 1994 08:49:37 GMT; Sunday 06 Nov 94 08:49:37 GMT
        case 6 where words[5] == "GMT": self.init(words[1], words[2], words[3], words[4])
        // Sun Nov 6 08:49:37 1994
        case 5: self.init(words[2], words[1], words[4], words[3])
        default: return nil
        }
    }

    private init?(_ day: String, _ month: String, _ year: String, _ time: String) {
        let clock = time.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
        guard let day = Int(day), (1...31).contains(day), let month = Self.months.firstIndex(of: month),
            var year = Int(year), (0...9999).contains(year), clock.count == 3,
            (0...23).contains(clock[0]), (0...59).contains(clock[1]), (0...60).contains(clock[2])
        else { return nil }
        // Two digits mean the century that is nearest to now.
        if year < 100 { year += year < 70 ? 2000 : 1900 }
        secondsSince1970 = ((Self.days(year, month + 1, day) * 24 + clock[0]) * 60 + clock[1]) * 60 + clock[2]
    }

    /// Days from 1970-01-01 in the Gregorian calendar, by Howard Hinnant's `days_from_civil`.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
