/// A set of characters of an expression: ranges, properties, and whether the set is turned around.
struct ScalarSet: Sendable {
    var ranges: [ClosedRange<UInt32>] = []
    var properties: [ScalarProperty] = []
    var isInverted = false

    init(_ ranges: [ClosedRange<UInt32>]) { self.ranges = ranges }

    init(_ scalar: Unicode.Scalar) { ranges = [scalar.value...scalar.value] }

    init(_ property: ScalarProperty) { properties = [property] }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let found = ranges.contains { $0.contains(scalar.value) } || properties.contains { $0.holds(for: scalar) }
        return found != isInverted
    }

    var inverted: ScalarSet {
        var result = self
        result.isInverted.toggle()
        return result
    }

    mutating func formUnion(_ other: ScalarSet) {
        if other.isInverted {
            properties.append(.outside(other.ranges, other.properties))
        } else {
            ranges += other.ranges
            properties += other.properties
        }
    }

    static let digit = ScalarSet([0x30...0x39])
    static let word = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    /// White space and line ends as ECMA-262 has them.
    static let space = ScalarSet([
        0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
        0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
    ])
    /// What `.` matches: anything but a line end.
    static let anyButLineEnd = ScalarSet([0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029]).inverted
}

/// A property of characters.
indirect enum ScalarProperty: Sendable {
    case categories(Set<String>)
    case ascii, anything
    /// Not in any of these.
    case outside([ClosedRange<UInt32>], [ScalarProperty])

    /// Reads the name inside `\p{…}`; nil when it is not known.
    init?(name: String) {
        let parts = name.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 1 || parts.first == "General_Category" || parts.first == "gc" else { return nil }
        guard let value = parts.last else { return nil }
        switch value {
        case "ASCII": self = .ascii
        case "Any": self = .anything
        default:
            let short = Self.longNames[value] ?? value
            let members = Self.categories.filter { short.count == 1 ? $0.hasPrefix(short) : $0 == short }
            guard !members.isEmpty else { return nil }
            self = .categories(Set(members))
        }
    }

    func holds(for scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .categories(let members): members.contains(scalar.properties.generalCategory.shortName)
        case .ascii: scalar.isASCII
        case .anything: true
        case .outside(let ranges, let properties):
            !ranges.contains { $0.contains(scalar.value) } && !properties.contains { $0.holds(for: scalar) }
        }
    }

    private static let categories = [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
        "Sm",
        "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Cn",
    ]

    private static let longNames = [
        "Letter": "L", "Uppercase_Letter": "Lu", "Lowercase_Letter": "Ll", "Titlecase_Letter": "Lt",
        "Modifier_Letter": "Lm", "Other_Letter": "Lo", "Mark": "M", "Number": "N", "Decimal_Number": "Nd",
        "digit": "Nd",
        "Letter_Number": "Nl", "Punctuation": "P", "punct": "P", "Symbol": "S", "Separator": "Z", "Other": "C",
        "Control": "Cc", "cntrl": "Cc", "Space_Separator": "Zs", "Currency_Symbol": "Sc", "Math_Symbol": "Sm",
    ]
}

extension Unicode.GeneralCategory {
    fileprivate var shortName: String {
        switch self {
        case .uppercaseLetter: "Lu"
        case .lowercaseLetter: "Ll"
        case .titlecaseLetter: "Lt"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .nonspacingMark: "Mn"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .openPunctuation: "Ps"
        case .closePunctuation: "Pe"
        case .initialPunctuation: "Pi"
        case .finalPunctuation: "Pf"
        case .otherPunctuation: "Po"
        case .mathSymbol: "Sm"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .otherSymbol: "So"
        case .spaceSeparator: "Zs"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .control: "Cc"
        case .format: "Cf"
        case .surrogate: "Cs"
        case .privateUse: "Co"
        case .unassigned: "Cn"
        @unknown default: "Cn"
        }
    }
}
