/// A day, or a day with a time, as a request says it: "2023-01-31", "January 31, 2023", "31st of January 2023".
struct CalendarDate: Sendable, Hashable {
    var year: Int
    var month: Int
    var day: Int
    var time: ClockTime?

    init?(year: Int, month: Int, day: Int, time: ClockTime? = nil) {
        guard (1...9_999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard day <= days[month - 1] else { return nil }
        (self.year, self.month, self.day, self.time) = (year, month, day, time)
    }

    /// Reads `2023-01-31`, with a time behind a `T` or a space.
    init?(iso text: String) {
        let parts = text.split(maxSplits: 1) { $0 == "T" || $0 == " " }
        let numbers = (parts.first ?? "").split { $0 == "-" || $0 == "/" }.map { Int($0) }
        guard numbers.count == 3, let year = numbers[0], year > 999, let month = numbers[1], let day = numbers[2] else {
            return nil
        }
        let time = parts.count > 1 ? ClockTime(String(parts[1])) : nil
        guard parts.count == 1 || time != nil else { return nil }
        self.init(year: year, month: month, day: day, time: time)
    }

    /// Reads a day at the start of some tokens, and says how many of them it takes.
    ///
    /// A day without a year is none: nobody knows which one is meant.
    static func read(_ tokens: ArraySlice<RequestToken>) -> (date: CalendarDate, length: Int)? {
        guard let first = tokens.first else { return nil }
        if first.literal == .date { return CalendarDate(iso: first.text).map { ($0, 1) } }
        var words = tokens.prefix(6).filter { $0.mark != "," && $0.text != "of" && $0.text != "the" }
        let positions = words.map(\.range.lowerBound)
        guard words.count >= 3 else { return nil }
        words = Array(words.prefix(3))
        let (month, day) = months[words[0].text] != nil ? (words[0], words[1]) : (words[1], words[0])
        guard let month = months[month.text], let day = dayNumber(day), let year = yearNumber(words[2]),
            let date = CalendarDate(year: year, month: month, day: day)
        else { return nil }
        let end = positions[2]
        return (date, tokens.prefix { $0.range.lowerBound <= end }.count)
    }

    private static func dayNumber(_ token: RequestToken) -> Int? {
        if case .number(let value, .none) = token.literal { return Int(exactly: value) }
        guard ["st", "nd", "rd", "th"].contains(where: token.text.hasSuffix) else { return nil }
        return Int(token.text.dropLast(2))
    }

    private static func yearNumber(_ token: RequestToken) -> Int? {
        guard case .number(let value, .none) = token.literal, let year = Int(exactly: value) else { return nil }
        return (1_000...2_999).contains(year) ? year : nil
    }

    private static let months: [String: Int] = {
        let names = [
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december",
        ]
        var table: [String: Int] = [:]
        for (index, name) in names.enumerated() {
            table[name] = index + 1
            table[String(name.prefix(3))] = index + 1
        }
        table["sept"] = 9
        return table
    }()

    /// The date in a pattern such as `YYYY-MM-DD HH:MM`; the second `MM` behind hours are minutes.
    func text(_ pattern: String) -> String {
        var result = ""
        var rest = pattern[...]
        var hasHours = false
        while let first = rest.first {
            let letter = Character(first.uppercased())
            let run = rest.prefix { Character($0.uppercased()) == letter }
            switch letter {
            case "Y": result += Self.padded(run.count == 2 ? year % 100 : year, to: run.count)
            case "M" where !hasHours: result += Self.padded(month, to: run.count)
            case "M": result += Self.padded(time?.minute ?? 0, to: run.count)
            case "D": result += Self.padded(day, to: run.count)
            case "H":
                hasHours = true
                result += Self.padded(time?.hour ?? 0, to: run.count)
            case "S": result += Self.padded(time?.second ?? 0, to: run.count)
            default: result += run
            }
            rest = rest.dropFirst(run.count)
        }
        return result
    }

    static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// A time of day: "18:00", "10:30am", "9 pm".
struct ClockTime: Sendable, Hashable {
    var hour: Int
    var minute: Int
    var second = 0

    /// Reads a text that is nothing but a time; a bare number is none.
    init?(_ text: String) {
        var digits = text.lowercased()[...]
        var shift: Int?
        for (suffix, hours) in [("am", 0), ("pm", 12), ("a.m", 0), ("p.m", 12)] where digits.hasSuffix(suffix) {
            shift = hours
            digits = digits.dropLast(suffix.count)
        }
        let parts = digits.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard (2...3).contains(parts.count) || (parts.count == 1 && shift != nil), parts.allSatisfy({ $0 != nil }),
            digits.utf8.first.map({ (0x30...0x39).contains($0) }) ?? false, digits.utf8.count <= 8
        else { return nil }
        let numbers = parts.compactMap(\.self)
        hour = numbers[0]
        if let shift { hour = hour % 12 + shift }
        minute = numbers.count > 1 ? numbers[1] : 0
        second = numbers.count > 2 ? numbers[2] : 0
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second) else { return nil }
    }

    /// `18:00`.
    var text: String { CalendarDate.padded(hour, to: 2) + ":" + CalendarDate.padded(minute, to: 2) }
}
