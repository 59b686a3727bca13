/// Dates and times as RFC 3339 writes them.
struct CalendarText {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isDate: Bool { bytes.count == 10 && Self.isDate(bytes[...]) }

    var isTime: Bool { Self.isTime(bytes[...]) }

    var isDateTime: Bool {
        guard bytes.count > 11, bytes[10] | 0x20 == UInt8(ascii: "t") else { return false }
        return Self.isDate(bytes[..<10]) && Self.isTime(bytes[11...])
    }

    private static func isDate(_ bytes: ArraySlice<UInt8>) -> Bool {
        let bytes = Array(bytes)
        guard bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), let year = number(bytes[0..<4]),
            let month = number(bytes[5..<7]), let day = number(bytes[8..<10]), (1...12).contains(month)
        else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...days[month - 1]).contains(day)
    }

    private static func isTime(_ slice: ArraySlice<UInt8>) -> Bool {
        var rest = slice
        guard rest.count >= 9, let (hour, minute) = clock(&rest), take(&rest, ":"), let second = number(rest.prefix(2))
        else { return false }
        rest = rest.dropFirst(2)
        if take(&rest, ".") {
            let digits = rest.prefix(while: \.isDigit)
            guard !digits.isEmpty else { return false }
            rest = rest.dropFirst(digits.count)
        }
        var offset = 0
        if rest.count == 1, let zone = rest.first, zone | 0x20 == UInt8(ascii: "z") {
            rest = []
        } else {
            let sign = rest.first == UInt8(ascii: "-") ? -1 : 1
            guard take(&rest, "+") || take(&rest, "-"), let (hours, minutes) = clock(&rest) else { return false }
            offset = sign * (hours * 60 + minutes)
        }
        guard rest.isEmpty, second <= 60 else { return false }
        // A leap second comes at the end of a day in universal time.
        return second < 60 || ((hour * 60 + minute - offset) % 1_440 + 1_440) % 1_440 == 1_439
    }

    private static func clock(_ rest: inout ArraySlice<UInt8>) -> (Int, Int)? {
        guard rest.count >= 5, let hour = number(rest.prefix(2)), hour < 24 else { return nil }
        rest = rest.dropFirst(2)
        guard take(&rest, ":"), let minute = number(rest.prefix(2)), minute < 60 else { return nil }
        rest = rest.dropFirst(2)
        return (hour, minute)
    }

    private static func take(_ rest: inout ArraySlice<UInt8>, _ scalar: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: scalar) else { return false }
        rest = rest.dropFirst()
        return true
    }

    private static func number(_ digits: some Collection<UInt8>) -> Int? {
        digits.allSatisfy(\.isDigit) ? Int(String(decoding: digits, as: UTF8.self)) : nil
    }
}
