package import HTTPTransport

/// What is sent where, as the variables of OpenTelemetry say it.
package struct TelemetryConfiguration: Sendable, Hashable {
    /// Where one kind of telemetry goes.
    package struct Target: Sendable, Hashable {
        package var url: HTTPURL
        package var headers: HTTPHeaders
        /// Longest time one request may take.
        package var timeout: Duration

        package init(url: HTTPURL, headers: HTTPHeaders = [:], timeout: Duration = .seconds(10)) {
            self.url = url
            self.headers = headers
            self.timeout = timeout
        }
    }

    /// How spans are gathered before they are sent.
    package struct Batches: Sendable, Hashable {
        /// Longest time a span waits to be sent.
        package var delay: Duration = .seconds(5)
        /// Most spans that wait; what is beyond is dropped and counted.
        package var queueSize = 2_048
        /// Most spans of one request.
        package var batchSize = 512

        package init() {}
    }

    /// Nothing is recorded, whatever else is said.
    package var isDisabled = false
    /// What is said about the program: `service.name` and more.
    package var resource: Attributes
    package var sampler = Sampler()
    /// Nil where spans are not sent.
    package var traces: Target?
    /// Nil where metrics are not sent.
    package var metrics: Target?
    package var batches = Batches()
    package var metricInterval: Duration = .seconds(60)
    package var spanLimits = SpanLimits()
    package var trust = HTTPTrust()
    package var proxy = HTTPProxy.none
    package var retries = RetryPolicy(
        attempts: 5,
        baseDelay: .seconds(1),
        maximumDelay: .seconds(10),
        maximumRetryAfter: .seconds(60)
    )

    package init(serviceName: String = "skillweaver", serviceVersion: String = ProgramVersion.current) {
        resource = [
            "service.name": .string(serviceName), "service.version": .string(serviceVersion),
            "telemetry.sdk.name": "skillweaver", "telemetry.sdk.language": "swift",
            "telemetry.sdk.version": .string(ProgramVersion.current),
        ]
    }

    /// Whether anything is sent anywhere.
    package var exports: Bool { !isDisabled && (traces != nil || metrics != nil) }
}
