/// One value that goes into a tool or comes out of it.
package struct IOPort: Sendable, Hashable {
    /// Name of the parameter or of the member of the result; empty for a result that is not an object.
    package let name: String
    /// Where the value is in the result, as a JSON Pointer (RFC 6901); empty for the whole result and for parameters.
    package var pointer: String
    /// What the value is; nil when nothing says so.
    package var type: IOType?
    package var carrier: IOCarrier
    /// The value is a list of such things.
    package var isCollection: Bool
    /// A call without it is refused. Always false for results.
    package var isRequired: Bool
    /// The JSON type of the value, or of each element of a list; nil when nothing says so.
    package var jsonType: String?
    /// The only values allowed, where the schema lists them.
    package var choices: [String]
    /// What its author says about it.
    package let description: String
    /// Stems of the words in its name.
    package let nameStems: [String]
    /// The stems of its name without those that name any slot, such as "result" or "path".
    package let tellingStems: Set<String>
    /// Stems of the words in its description.
    package let descriptionStems: [String]

    package init(
        name: String,
        pointer: String = "",
        type: IOType? = nil,
        carrier: IOCarrier = .value,
        isCollection: Bool = false,
        isRequired: Bool = false,
        jsonType: String? = nil,
        choices: [String] = [],
        description: String = ""
    ) {
        self.name = name
        self.pointer = pointer
        self.type = type
        self.carrier = carrier
        self.isCollection = isCollection
        self.isRequired = isRequired
        self.jsonType = jsonType
        self.choices = choices
        self.description = description
        nameStems = IdentifierWords.split(name).map(WordStem.of)
        tellingStems = Set(nameStems).subtracting(Self.slotStems)
        descriptionStems = IdentifierWords.split(description).map(WordStem.of)
    }

    /// Words that name a slot, not a thing.
    private static let slotStems = Set(
        """
        result output input data value response info information item list content path file url name id get num new the of a
        """.split(whereSeparator: \.isWhitespace).map { WordStem.of(String($0)) }
    )
}
