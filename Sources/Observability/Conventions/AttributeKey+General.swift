// Names of the general semantic conventions.
extension AttributeKey {
    package static let errorType: AttributeKey = "error.type"
    package static let serverAddress: AttributeKey = "server.address"
    package static let serverPort: AttributeKey = "server.port"
    package static let networkTransport: AttributeKey = "network.transport"
    package static let networkProtocolName: AttributeKey = "network.protocol.name"
    package static let networkProtocolVersion: AttributeKey = "network.protocol.version"
    package static let metricOverflow: AttributeKey = "otel.metric.overflow"
}
