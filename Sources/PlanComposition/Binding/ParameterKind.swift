import SkillCatalog

/// What values a parameter takes, as far as its schema, its name and its description say.
enum ParameterKind: Sendable, Hashable {
    case boolean, number, choice, object
    case url, path, emailAddress, phoneNumber
    case date, time, timeZone, language, currency
    /// Any text.
    case text

    init(_ port: IOPort) {
        let words = Set(port.nameStems)
        if !port.choices.isEmpty {
            self = .choice
        } else if port.jsonType == "boolean" {
            self = .boolean
        } else if port.jsonType == "number" || port.jsonType == "integer" {
            self = .number
        } else if port.jsonType == "object" {
            self = .object
        } else if TimeZoneBinding.takesZone(port) {
            self = .timeZone
        } else if port.carrier == .url {
            self = .url
        } else if port.carrier == .path {
            self = .path
        } else if port.type == .emailAddress {
            self = .emailAddress
        } else if port.type == .phoneNumber {
            self = .phoneNumber
        } else if port.type == .language || words.contains(WordStem.of("language")) {
            self = .language
        } else if port.type == .currency || Self.isCurrency(port) {
            self = .currency
        } else if let pattern = DatePattern(port) {
            self = pattern.hasDate ? .date : .time
        } else if port.type == .date {
            self = .date
        } else {
            self = .text
        }
    }

    /// `from` and `to` of a tool that converts currencies say so in their descriptions only.
    private static func isCurrency(_ port: IOPort) -> Bool {
        guard port.descriptionStems.contains(WordStem.of("currency")), port.type != .money else { return false }
        return port.nameStems.count == 1 && ["from", "to", "source", "target", "base"].contains(port.name.lowercased())
    }
}

/// How a parameter wants its dates and times written.
struct DatePattern: Sendable, Hashable {
    let text: String
    var hasDate: Bool { text.contains { "Yy".contains($0) } || text.contains { "Dd".contains($0) } }
    var hasTime: Bool { text.contains { "Hh".contains($0) } }

    init(_ text: String) { self.text = text }

    /// The pattern in a parameter's description, such as `YYYY-MM-DD HH:MM`; that of its type where it has none.
    init?(_ port: IOPort) {
        if let written = Self.pattern(in: port.description) {
            text = written
        } else if port.type == .dateTime, port.jsonType != "integer", port.jsonType != "number",
            !port.nameStems.contains("period")
        {
            let names = port.nameStems
            let isTimeOfDay = names.last == "time" && !names.contains { ["start", "end", "date"].contains($0) }
            text = isTimeOfDay ? "HH:MM" : "YYYY-MM-DD HH:MM"
        } else {
            return nil
        }
    }

    private static let shapes = [
        "YYYY-MM-DDTHH:MM:SS", "YYYY-MM-DD HH:MM:SS", "YYYY-MM-DDTHH:MM", "YYYY-MM-DD HH:MM", "YYYY-MM-DD",
        "YYYY/MM/DD",
        "MM/DD/YYYY", "DD/MM/YYYY", "DD.MM.YYYY", "MM-DD-YYYY", "DD-MM-YYYY", "YYYYMMDD", "YYYY-MM", "HH:MM:SS",
        "HH:MM",
    ]

    private static func pattern(in description: String) -> String? {
        let upper = description.uppercased()
        return shapes.first { upper.contains($0) }
    }
}
