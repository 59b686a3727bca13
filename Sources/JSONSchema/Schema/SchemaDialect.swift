/// A version of JSON Schema, as far as it changes what keywords mean.
public enum SchemaDialect: Sendable, Hashable, CaseIterable {
    /// Draft 7, and what older drafts share with it.
    case draft7
    /// Draft 2020-12; 2019-09 is read by the same rules, lists of `items` included.
    case draft2020

    /// The dialect that a `$schema` names; nil when it is unknown.
    init?(identifier: String) {
        let name = identifier.hasSuffix("#") ? String(identifier.dropLast()) : identifier
        switch name.split(separator: "://", maxSplits: 1).last.map(String.init) {
        case "json-schema.org/draft-07/schema", "json-schema.org/draft-06/schema", "json-schema.org/draft-04/schema":
            self = .draft7
        case "json-schema.org/draft/2020-12/schema", "json-schema.org/draft/2019-09/schema":
            self = .draft2020
        default: return nil
        }
    }

    /// A reference stands alone: what is beside it does not count.
    var referenceHidesSiblings: Bool { self == .draft7 }
}
