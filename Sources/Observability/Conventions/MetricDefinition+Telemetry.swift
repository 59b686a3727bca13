// What the telemetry says about itself (semantic conventions, OpenTelemetry SDK metrics).
extension MetricDefinition {
    package static let spansProcessed = counter(
        "otel.sdk.processor.span.processed",
        unit: "{span}",
        "Spans that ended and were taken over for export; with error.type those that were dropped."
    )
    package static let spansExported = counter(
        "otel.sdk.exporter.span.exported",
        unit: "{span}",
        "Spans a collector was sent; with error.type those it did not take."
    )
    package static let pointsExported = counter(
        "otel.sdk.exporter.metric_data_point.exported",
        unit: "{data_point}",
        "Values of metrics a collector was sent; with error.type those it did not take."
    )
}
