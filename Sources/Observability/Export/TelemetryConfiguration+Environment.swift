import HTTPTransport

extension TelemetryConfiguration {
    /// Reads the `OTEL_…` variables.
    ///
    /// - Returns: also what is wrong with them; a value that cannot be used counts as not given.
    package static func reading(
        _ environment: @escaping (String) -> String?,
        serviceName: String = "skillweaver"
    ) -> (configuration: TelemetryConfiguration, warnings: [String]) {
        var configuration = TelemetryConfiguration(serviceName: serviceName)
        var reader = TelemetryVariables(environment)
        configuration.isDisabled = reader.flag("OTEL_SDK_DISABLED")
        configuration.readResource(&reader)
        configuration.sampler = reader.sampler()
        configuration.batches.delay = reader.duration("OTEL_BSP_SCHEDULE_DELAY") ?? configuration.batches.delay
        configuration.batches.queueSize = reader.count("OTEL_BSP_MAX_QUEUE_SIZE", upTo: 1 << 20) ?? 2_048
        configuration.batches.batchSize = min(
            reader.count("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", upTo: 1 << 16) ?? 512,
            configuration.batches.queueSize
        )
        configuration.metricInterval = reader.duration("OTEL_METRIC_EXPORT_INTERVAL") ?? configuration.metricInterval
        configuration.spanLimits.textLength =
            reader.count("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", upTo: 1 << 20) ?? configuration.spanLimits.textLength
        configuration.spanLimits.attributes =
            reader.count("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", upTo: 10_000) ?? configuration.spanLimits.attributes
        configuration.traces = reader.target(
            "TRACES",
            path: "v1/traces",
            otherTimeout: reader.duration("OTEL_BSP_EXPORT_TIMEOUT")
        )
        configuration.metrics = reader.target(
            "METRICS",
            path: "v1/metrics",
            otherTimeout: reader.duration("OTEL_METRIC_EXPORT_TIMEOUT")
        )
        configuration.readTransport(&reader)
        return (configuration, configuration.isDisabled ? [] : reader.warnings)
    }

    private mutating func readResource(_ reader: inout TelemetryVariables) {
        for (key, value) in reader.pairs("OTEL_RESOURCE_ATTRIBUTES") ?? [] {
            resource[AttributeKey(key)] = .string(value)
        }
        if let name = reader.text("OTEL_SERVICE_NAME") { resource["service.name"] = .string(name) }
    }

    private mutating func readTransport(_ reader: inout TelemetryVariables) {
        do throws(HTTPError) {
            let options = try HTTPClientOptions(environment: reader.environment)
            (proxy, trust) = (options.proxy, options.trust)
        } catch {
            reader.warnings.append("the proxy for telemetry is not used: \(error.detail)")
        }
        if let file = reader.text("OTEL_EXPORTER_OTLP_CERTIFICATE") { trust.file = file }
        guard traces != nil || metrics != nil else { return }
        for name in ["", "TRACES_", "METRICS_"].map({ "OTEL_EXPORTER_OTLP_\($0)PROTOCOL" }) {
            guard let name = reader.text(name).map({ (name, $0) }), name.1 != "http/json" else { continue }
            reader.warnings.append("\(name.0)=\(name.1.excerpt) is not spoken here; telemetry is sent as http/json")
        }
        if let name = reader.text("OTEL_EXPORTER_OTLP_COMPRESSION"), name != "none" {
            reader.warnings.append("OTEL_EXPORTER_OTLP_COMPRESSION=\(name.excerpt) is not used; nothing is compressed")
        }
    }
}

extension String {
    /// A short piece of a value for a warning.
    var excerpt: String { LogLine.shown(TelemetryRedactor().redacted(self)).cut(to: 60) }
}
