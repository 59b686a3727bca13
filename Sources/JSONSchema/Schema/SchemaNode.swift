/// One schema of a document, ready to be evaluated; others are named by their numbers.
struct SchemaNode: Sendable {
    /// Refuses everything: the schema `false`.
    var refusesAll = false
    /// Checks of the value itself.
    var assertions: [SchemaAssertion] = []
    /// Schemas for the value itself or for parts of it.
    var applicators: [SchemaApplicator] = []
    /// The document this schema belongs to: decides where dynamic references look.
    var resource = 0
}

/// A keyword that looks at the value alone.
enum SchemaAssertion: Sendable {
    case type([String])
    case enumeration([JSONValue])
    case constant(JSONValue)
    case multipleOf(Double)
    case maximum(Double, isExclusive: Bool)
    case minimum(Double, isExclusive: Bool)
    case length(minimum: Int?, maximum: Int?)
    case pattern(Pattern)
    case format(String)
    case elements(minimum: Int?, maximum: Int?)
    case uniqueElements
    case members(minimum: Int?, maximum: Int?)
    case required([String])
    case dependentRequired([(name: String, needs: [String])])
}

/// A keyword that hands the value, or parts of it, to other schemas.
enum SchemaApplicator: Sendable {
    case reference(Int)
    /// `$dynamicRef`: the outermost document that defines the anchor decides; else the schema given.
    case dynamicReference(anchor: String, otherwise: Int)
    case all([Int])
    case any([Int])
    case one([Int])
    case not(Int)
    case condition(Int, then: Int?, otherwise: Int?)
    case dependents([(name: String, schema: Int)])
    /// Schemas of the first elements, and of those after them.
    case elements(first: [Int], rest: Int?)
    case contains(Int, minimum: Int, maximum: Int?)
    /// Schemas of members by name and by pattern, and of the others.
    case members(named: [String: Int], matching: [(pattern: Pattern, schema: Int)], others: Int?)
    case memberNames(Int)
    case unevaluatedElements(Int)
    case unevaluatedMembers(Int)

    /// These look at what the others left over, so they come last.
    var comesLast: Bool {
        switch self {
        case .unevaluatedElements, .unevaluatedMembers: true
        default: false
        }
    }
}
