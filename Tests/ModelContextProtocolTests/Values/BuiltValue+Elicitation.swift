import JSONSchema
import ModelContextProtocol

extension BuiltValue {
    static let options = [TitledOption("r", title: "Red"), TitledOption("g", title: "Green")]

    private static let fields: [(definition: String, schema: PrimitiveSchema)] = [
        (
            "StringSchema",
            .string(
                StringSchema(
                    title: "Name",
                    description: "Yours.",
                    minLength: 1,
                    maxLength: 9,
                    format: "email",
                    defaultValue: "a@b.c"
                )
            )
        ),
        (
            "NumberSchema",
            .number(NumberSchema(title: "Share", description: "A part.", minimum: 0.5, maximum: 1, defaultValue: 0.75))
        ),
        ("NumberSchema", .number(NumberSchema(isInteger: true, minimum: 0, maximum: 9, defaultValue: 3))),
        ("BooleanSchema", .boolean(BooleanSchema(title: "Sure?", description: "Really.", defaultValue: false))),
        (
            "UntitledSingleSelectEnumSchema",
            .singleSelect(
                SingleSelectSchema(.untitled(["r", "g"]), title: "Colour", description: "One.", defaultValue: "r")
            )
        ),
        (
            "TitledSingleSelectEnumSchema",
            .singleSelect(SingleSelectSchema(.titled(options), title: "Colour", description: "One.", defaultValue: "g"))
        ),
        (
            "LegacyTitledEnumSchema",
            .singleSelect(
                SingleSelectSchema(
                    .legacy(["r", "g"], titles: ["Red", "Green"]),
                    title: "Colour",
                    description: "One.",
                    defaultValue: "g"
                )
            )
        ),
        (
            "UntitledMultiSelectEnumSchema",
            .multiSelect(
                MultiSelectSchema(
                    .untitled(["r", "g"]),
                    title: "Colours",
                    description: "Some.",
                    minItems: 0,
                    maxItems: 2,
                    defaultValues: ["r"]
                )
            )
        ),
        (
            "TitledMultiSelectEnumSchema",
            .multiSelect(
                MultiSelectSchema(
                    .titled(options),
                    title: "Colours",
                    description: "Some.",
                    minItems: 1,
                    maxItems: 2,
                    defaultValues: []
                )
            )
        ),
    ]

    static let form = ElicitRequestParams.form(
        message: "Who are you?",
        requestedSchema: FormSchema(
            properties: {
                var properties = NamedValues<PrimitiveSchema>()
                for (index, field) in fields.enumerated() { properties["field\(index)"] = field.schema }
                return properties
            }(),
            required: ["field0"]
        )
    )

    static let elicitation: [BuiltValue] =
        fields.map { BuiltValue($0.definition, $0.schema) } + [
            BuiltValue("ElicitRequestFormParams", form),
            BuiltValue(
                "ElicitRequestURLParams",
                in: [.modern],
                ElicitRequestParams.url(message: "Sign in.", url: "https://example.com/in")
            ),
            BuiltValue(
                "ElicitRequestURLParams",
                ElicitRequestParams.url(message: "Sign in.", url: "https://example.com/in", elicitationID: "1")
            ),
            BuiltValue("ElicitRequest", in: [.modern], ElicitRequest(form)),
            BuiltValue(
                "ElicitResult",
                ElicitResult(
                    action: .accept,
                    content: ["name": "a", "age": 3, "sure": true, "colours": ["r"]]
                )
            ),
            BuiltValue("ElicitResult", ElicitResult(action: .decline)),
            BuiltValue("ElicitResult", ElicitResult(action: .cancel)),
        ]
}
