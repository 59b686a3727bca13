// Names of the semantic conventions for the Model Context Protocol.
extension AttributeKey {
    package static let mcpMethod: AttributeKey = "mcp.method.name"
    package static let mcpProtocolVersion: AttributeKey = "mcp.protocol.version"
    package static let requestID: AttributeKey = "jsonrpc.request.id"
    package static let responseCode: AttributeKey = "rpc.response.status_code"
}
