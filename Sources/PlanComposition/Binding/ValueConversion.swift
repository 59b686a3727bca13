import JSONSchema
import SkillCatalog

/// Writes a spoken value the way a parameter wants it.
struct ValueConversion {
    let parameter: IOPort
    private let kind: ParameterKind

    init(_ parameter: IOPort) {
        self.parameter = parameter
        kind = ParameterKind(parameter)
    }

    func json(_ value: SpokenValue) -> JSONValue {
        guard parameter.isCollection else {
            return value.elements.first.map { scalar($0, value.unit) } ?? .null
        }
        // 'John, Jane' in one pair of quotes is a list too.
        let elements = value.elements.count == 1 ? value.elements.flatMap(parts) : value.elements
        return .array(elements.map { scalar($0, value.unit) })
    }

    private func parts(_ element: SpokenValue.Element) -> [SpokenValue.Element] {
        guard element.kind == .quoted else { return [element] }
        let parts = element.text.split(separator: ",").map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        return parts.count > 1 ? parts.map { .init(kind: .quoted, text: $0) } : [element]
    }

    private func scalar(_ element: SpokenValue.Element, _ unit: MeasuringUnit?) -> JSONValue {
        if let choice = parameter.choices.first(where: { ValueFit.isSame($0, element.text) }) { return .string(choice) }
        switch (element.kind, kind) {
        case (.number(let number, let sign), .number): return self.number(number, sign, unit)
        case (.number(let number, _), _) where parameter.jsonType == nil || parameter.isCollection:
            return parameter.jsonType == "string" ? .string(element.text) : plain(number)
        case (.phoneNumber, .number): return Int64(element.text).map(JSONValue.integer) ?? .string(element.text)
        case (.date(let date), .date), (.date(let date), .time): return .string(moment(date, element.text))
        case (.time(let time), .time): return .string(time.text)
        case (.language(let name), .language): return .string(name)
        case (.currency(let code), .currency): return .string(code)
        default: return .string(element.text)
        }
    }

    /// A quoted date stands as it is written unless the parameter asks for another form.
    private func moment(_ date: CalendarDate, _ text: String) -> String {
        if let pattern = DatePattern(parameter) {
            return date.text(kind == .time ? "HH:MM" : pattern.text)
        }
        return date.text(date.time == nil ? "YYYY-MM-DD" : "YYYY-MM-DD HH:MM")
    }

    private func number(_ number: Double, _ sign: Literal.NumberUnit, _ unit: MeasuringUnit?) -> JSONValue {
        if sign == .percent, wantsFraction {
            // 7 % is 0.07 and nothing behind that.
            return .number((number * 1e10).rounded() / 1e12)
        }
        if let unit, let wanted = ValueFit(SpokenValue(elements: []), parameter).parameterUnit,
            let converted = unit.convert(number, to: wanted)
        {
            return plain(converted)
        }
        return plain(number)
    }

    /// "The tax rate as a decimal."
    private var wantsFraction: Bool {
        let words = IdentifierWords.split(parameter.description)
        return words.contains("decimal") || words.contains("fraction")
    }

    private func plain(_ number: Double) -> JSONValue {
        Int64(exactly: number).map(JSONValue.integer) ?? .number(number)
    }
}
