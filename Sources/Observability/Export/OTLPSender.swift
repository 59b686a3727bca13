import HTTPTransport
import JSONSchema

/// Sends one kind of telemetry to its collector, trying again where that helps.
struct OTLPSender: Sendable {
    /// How sending ended: how much was taken and how much not, and why not.
    struct Outcome: Sendable, Hashable {
        var taken: Int
        var lost: Int
        var problem: String?
        /// `error.type` of what was lost.
        var errorType: String?
    }

    let target: TelemetryConfiguration.Target
    let counter: String
    let retries: RetryPolicy
    let client: any HTTPClient
    let clock: TelemetryClock

    /// Sends `count` items; ends early, with all of them lost, when its task is cancelled.
    func send(_ message: JSONValue, count: Int, pauses: ExportPauses) async -> Outcome {
        var headers = target.headers
        headers["Content-Type"] = "application/json"
        let request = HTTPRequest(
            .post,
            target.url,
            headers: headers,
            body: Array(message.serialized().utf8),
            limits: HTTPLimits(
                connectTimeout: min(.seconds(10), target.timeout),
                idleTimeout: target.timeout,
                totalTimeout: target.timeout,
                maximumBodyBytes: OTLPReply.maximumLength
            )
        )
        var random = SystemRandomNumberGenerator()
        for attempt in 1... {
            let problem: (text: String, type: String, after: Duration?)
            do {
                switch OTLPReply(try await client.send(request), counter: counter, now: now) {
                case .taken: return Outcome(taken: count, lost: 0)
                case .partly(let rejected, let message):
                    let lost = min(rejected, count)
                    let words = "it refused \(lost) of \(count): \(message.excerpt)"
                    return Outcome(taken: count - lost, lost: lost, problem: words, errorType: "rejected")
                case .refused(let status):
                    return Outcome(taken: 0, lost: count, problem: "it answered \(status)", errorType: "\(status)")
                case .again(let status, let after): problem = ("it answered \(status)", "\(status)", after)
                }
            } catch let error as HTTPError where error.remedy == .retry {
                problem = (error.detail.excerpt, error.kind.rawValue, nil)
            } catch let error as HTTPError {
                return Outcome(taken: 0, lost: count, problem: error.detail.excerpt, errorType: error.kind.rawValue)
            } catch {
                return Outcome(taken: 0, lost: count, problem: "there was no time", errorType: ErrorType.cancelled)
            }
            let delay = retries.delay(afterAttempt: attempt, retryAfter: problem.after, using: &random)
            guard let delay, await pauses.wait(delay) else {
                return Outcome(taken: 0, lost: count, problem: problem.text, errorType: problem.type)
            }
        }
        return Outcome(taken: 0, lost: count)
    }

    private var now: Int { Int(clock.wall() / 1_000_000_000) }
}
