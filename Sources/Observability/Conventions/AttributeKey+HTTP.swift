// Names of the semantic conventions for HTTP.
extension AttributeKey {
    package static let httpMethod: AttributeKey = "http.request.method"
    package static let httpRoute: AttributeKey = "http.route"
    package static let httpStatus: AttributeKey = "http.response.status_code"
    package static let urlScheme: AttributeKey = "url.scheme"
    package static let urlPath: AttributeKey = "url.path"
    package static let clientAddress: AttributeKey = "client.address"
}
