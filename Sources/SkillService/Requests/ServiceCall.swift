package import HTTPTransport
package import JSONSchema

/// A request that was admitted and understood.
package struct ServiceCall: Sendable {
    package var request: HTTPServerRequest
    /// Names the request in answers and logs.
    package var id: String
    package var principal: ServicePrincipal
    /// Values of the path's places.
    package var path: [String: String]
    /// Fields of the query and members of the body, checked.
    package var input: JSONObject

    func text(_ name: String) -> String? { input[name]?.stringValue }
    func number(_ name: String) -> Int? { input[name]?.intValue }
    func flag(_ name: String) -> Bool { input[name]?.boolValue ?? false }
    func texts(_ name: String) -> [String] { input[name]?.arrayValue?.compactMap(\.stringValue) ?? [] }

    /// A value of the path; the template has it.
    func place(_ name: String) -> String { path[name] ?? "" }
}
