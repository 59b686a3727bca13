/// What a value is, in the words people plan with: a medium, a structure, or a thing of some domain.
///
/// JSON Schema says `string`; whether that string is a date, a currency or a page of HTML decides whether one tool can
/// use what another returns.
package enum IOType: String, Sendable, Hashable, CaseIterable {
    // Media.
    case text, markdown, html, xml, json, yaml, code, sql
    case document, pdf, presentation
    case image, svg, chart
    case audio, video, archive

    // Structures.
    case table, csv, spreadsheet, record, list

    // Things of a domain.
    case emailAddress = "email_address"
    case phoneNumber = "phone_number"
    case person, identifier, secret, language
    case date, dateTime = "date_time"
    case duration
    case number, money, percentage, quantity
    case currency, boolean
    case place, coordinates
}

/// How a value reaches a tool.
package enum IOCarrier: String, Sendable, Hashable {
    /// The value itself.
    case value
    /// The path of a file or folder that holds it.
    case path
    /// An address it can be fetched from.
    case url
}
