import HTTPTransport

/// Sends spans and metrics to collectors, in the background; the program never waits for it and never fails by it.
package final class TelemetryExporter: Sendable {
    private let queue: SpanQueue
    private let loops: [ExportLoop]
    private let metrics: MetricRegistry

    /// - Parameters:
    ///   - client: what sends; by default one over libcurl with the configuration's proxy and certificates.
    ///   - report: told what goes wrong, each problem once until something is taken again.
    init(
        _ configuration: TelemetryConfiguration,
        metrics: MetricRegistry,
        secrets: SecretRegistry,
        clock: TelemetryClock,
        client: (any HTTPClient)?,
        report: @escaping @Sendable (String) -> Void
    ) {
        self.metrics = metrics
        let options = HTTPClientOptions(proxy: configuration.proxy, trust: configuration.trust)
        let client = client ?? CurlHTTPClient(options: options)
        func sender(_ target: TelemetryConfiguration.Target, counter: String) -> OTLPSender {
            OTLPSender(target: target, counter: counter, retries: configuration.retries, client: client, clock: clock)
        }
        let (batches, limits, resource) = (configuration.batches, configuration.spanLimits, configuration.resource)
        let wakes = ExportLoop.Wakes()
        let queue = SpanQueue(size: batches.queueSize, batchSize: batches.batchSize, wake: wakes.wake)
        self.queue = queue
        var loops: [ExportLoop] = []
        if let target = configuration.traces {
            let sender = sender(target, counter: "rejectedSpans")
            let problems = ExportProblems("spans for \(target.url.origin)", report: report)
            loops.append(
                ExportLoop(every: batches.delay, wakes: wakes) { pauses in
                    while !Task.isCancelled, let batch = queue.next() {
                        let redactor = secrets.redactor
                        let shown = batch.map { redactor.redacted($0, limits: limits) }
                        let message = OTLPText.request(shown, resource: redactor.redacted(resource))
                        let outcome = await sender.send(message, count: batch.count, pauses: pauses)
                        metrics.note(outcome, of: .spansExported)
                        problems.note(outcome)
                    }
                }
            )
        }
        if let target = configuration.metrics {
            let sender = sender(target, counter: "rejectedDataPoints")
            let problems = ExportProblems("values of metrics for \(target.url.origin)", report: report)
            loops.append(
                ExportLoop(every: configuration.metricInterval, wakes: ExportLoop.Wakes()) { pauses in
                    let redactor = secrets.redactor
                    let values = metrics.snapshot(redactor)
                    let count = values.reduce(0) { $0 + $1.points.count }
                    guard count > 0 else { return }
                    let message = OTLPText.request(
                        values,
                        resource: redactor.redacted(resource),
                        time: clock.wall()
                    )
                    let outcome = await sender.send(message, count: count, pauses: pauses)
                    metrics.note(outcome, of: .pointsExported)
                    problems.note(outcome)
                }
            )
        }
        self.loops = loops
    }

    /// Takes over a span that ended, or drops it where too many wait.
    func take(_ span: SpanData) {
        let isTaken = queue.add(span)
        metrics.record(.spansProcessed, 1, isTaken ? [:] : [.errorType: "queue_full"])
    }

    /// How many spans wait, and how many were dropped.
    package var backlog: (waiting: Int, dropped: Int) { (queue.count, queue.dropped) }

    /// Sends what waits and ends, within that time.
    func stop(within time: Duration) async {
        queue.close()
        await withTaskGroup { group in
            for loop in loops { group.addTask { await loop.stop(within: time) } }
        }
    }
}

extension MetricRegistry {
    fileprivate func note(_ outcome: OTLPSender.Outcome, of metric: MetricDefinition) {
        if outcome.taken > 0 { record(metric, Double(outcome.taken)) }
        guard outcome.lost > 0 else { return }
        record(metric, Double(outcome.lost), [.errorType: .string(outcome.errorType ?? ErrorType.other)])
    }
}
