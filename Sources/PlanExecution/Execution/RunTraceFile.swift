import Observability
import Storage

/// The span in which a run was last driven, kept beside its results, so that who resumes it can point there.
struct RunTraceFile: Sendable {
    let path: String

    init(results: String) { path = "\(results)/.trace" }

    /// The link to where the run was driven before; none where nobody recorded that.
    func links() -> [SpanLink] {
        guard Telemetry.current.tracer != nil, FileSystem.exists(path),
            let bytes = try? FileSystem.read(path, limit: 512),
            var context = SpanContext(traceparent: String(decoding: bytes, as: UTF8.self))
        else { return [] }
        context.isRemote = true
        return [SpanLink(context, attributes: ["skillweaver.link": "previous_drive"])]
    }

    func note(_ context: SpanContext?) {
        guard let context, context.isSampled else { return }
        // A run is worth more than its trace.
        try? FileSystem.write(Array(context.traceparent.utf8), to: path)
    }
}
