// Metrics of our own, and those of HTTP servers.
extension MetricDefinition {
    package static let httpServerDuration = histogram(
        "http.server.request.duration",
        unit: "s",
        bounds: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
        "Duration of HTTP server requests."
    )
    package static let httpServerActive = upDownCounter(
        "http.server.active_requests",
        unit: "{request}",
        "Number of active HTTP server requests."
    )
    package static let routeDuration = histogram(
        "skillweaver.route.duration",
        unit: "s",
        bounds: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
        "Duration of routing a request and of its stages."
    )
    package static let toolErrors = counter(
        "skillweaver.tool.errors",
        unit: "{error}",
        "Attempts at calling a tool that failed."
    )
    package static let retries = counter(
        "skillweaver.run.retries",
        unit: "{retry}",
        "Attempts planned after a failure."
    )
    package static let repairs = counter(
        "skillweaver.run.repairs",
        unit: "{repair}",
        "Arguments changed after a refusal."
    )
    package static let fallbacks = counter(
        "skillweaver.run.fallbacks",
        unit: "{fallback}",
        "Steps that went on with another tool."
    )
    package static let replans = counter(
        "skillweaver.run.replans",
        unit: "{replan}",
        "Steps for which another way was found while the run went on."
    )
    package static let runs = counter("skillweaver.runs", unit: "{run}", "Runs driven, by how that ended.")
}
