import JSONSchema
import Synchronization

/// The resources a client of the legacy era wants to hear of.
final class ResourceSubscriptions: Sendable {
    private static let limit = 1_000
    private let uris = Mutex<Set<String>>([])

    /// Takes in a request that subscribes, or ends that.
    ///
    /// - Throws: `ProtocolError` where it names no resource, or one too many.
    func receive(_ request: Message.Request) throws(ProtocolError) {
        guard [Method.subscribeResource, Method.unsubscribeResource].contains(request.method) else { return }
        guard let uri = request.parameters["uri"]?.stringValue else { throw .invalidParameters("uri is missing") }
        let isKept = uris.withLock { uris in
            guard request.method == Method.subscribeResource else {
                uris.remove(uri)
                return true
            }
            guard uris.count < Self.limit || uris.contains(uri) else { return false }
            uris.insert(uri)
            return true
        }
        guard isKept else { throw ProtocolError(ProtocolError.Code.busy, "Too many subscriptions") }
    }

    /// What of a change is to be said to this client.
    func notification(of change: SurfaceChange, by capabilities: ServerCapabilities) -> Message.Notification? {
        let filter = SubscriptionFilter(
            toolsListChanged: true,
            resourcesListChanged: true,
            resourceSubscriptions: uris.withLock { Array($0) }
        )
        return change.notification(within: capabilities.honoured(filter))
    }
}
