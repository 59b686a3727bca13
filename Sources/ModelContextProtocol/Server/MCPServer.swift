import Glibc
package import JSONSchema
import Observability

/// Answers the requests of clients of both eras from one surface.
///
/// It holds no connection and no session: transports bring requests and, for the legacy era, what its handshake settled.
package struct MCPServer: Sendable {
    package let surface: any ServerSurface
    let seal: StateSeal
    let now: @Sendable () -> Int64
    /// The telemetry of who made the server, for requests that come from where none is bound.
    private let telemetry = Telemetry.current

    /// - Parameter now: seconds since 1970.
    package init(
        _ surface: any ServerSurface,
        seal: StateSeal = StateSeal(),
        now: @escaping @Sendable () -> Int64 = { Int64(time(nil)) }
    ) {
        self.surface = surface
        self.seal = seal
        self.now = now
    }

    /// The request says everything itself: it is one of the modern era.
    package static func isModern(_ request: Message.Request) -> Bool {
        request.parameters[MetaKey.meta]?[MetaKey.protocolVersion] != nil || request.method == Method.discover
    }

    // MARK: - The modern era

    /// Answers a request of the modern era.
    package func respond(to request: Message.Request, _ link: ClientLink) async -> Message.Response {
        let named = request.parameters[MetaKey.meta]?[MetaKey.protocolVersion]?.stringValue
        let version = named.map { ProtocolVersion(rawValue: $0) }.flatMap { $0.isSupported ? $0 : nil }
        return await answer(request, version: version) {
            let context = try modernContext(request, link)
            var result = try await dispatch(request, context, link, agreement: nil)
            if result[ResultType.member] == nil { result[ResultType.member] = .string(ResultType.complete) }
            var meta = result[MetaKey.meta]?.objectValue ?? JSONObject()
            meta[MetaKey.serverInfo] = surface.identity.json
            result[MetaKey.meta] = .object(meta)
            return result
        }
    }

    private func modernContext(_ request: Message.Request, _ link: ClientLink) throws -> RequestContext {
        let meta = request.parameters[MetaKey.meta]?.objectValue ?? JSONObject()
        guard let text = meta[MetaKey.protocolVersion]?.stringValue else {
            throw ProtocolError.invalidParameters("_meta must name the \(MetaKey.protocolVersion)")
        }
        let version = ProtocolVersion(rawValue: text)
        guard version.isSupported, version.era == .modern else { throw ProtocolError.unsupportedVersion(text) }
        guard let declared = meta[MetaKey.clientCapabilities] else {
            throw ProtocolError.invalidParameters("_meta must hold the \(MetaKey.clientCapabilities)")
        }
        return RequestContext(
            version: version,
            client: meta[MetaKey.clientInfo].flatMap { try? Implementation(json: $0) },
            capabilities: try ClientCapabilities(parameter: declared),
            principal: link.principal,
            trace: TraceContext(meta: meta),
            progress: try progress(meta, link)
        )
    }

    // MARK: - The legacy era

    /// Settles what a connection of the legacy era is to be.
    package func initialize(_ request: Message.Request) -> Result<(LegacyAgreement, JSONObject), ProtocolError> {
        let parameters: InitializeParams
        do { parameters = try InitializeParams(json: .object(request.parameters)) } catch {
            return .failure(.invalidParameters("\(error)"))
        }
        // A version that is not known is answered with the newest that is; the client may then leave.
        let wanted = ProtocolVersion(rawValue: parameters.protocolVersion)
        let version = wanted.isSupported && wanted.era == .legacy ? wanted : .newestLegacy
        let agreement = LegacyAgreement(
            version: version,
            client: parameters.clientInfo,
            capabilities: parameters.capabilities
        )
        var capabilities = surface.capabilities
        capabilities.extensions = nil
        let result = InitializeResult(
            protocolVersion: version.rawValue,
            capabilities: capabilities,
            serverInfo: surface.identity,
            instructions: surface.instructions
        )
        guard case .object(let members) = result.json else { return .failure(.internalFault) }
        return .success((agreement, members))
    }

    /// Answers a request of a connection whose handshake is done.
    package func respond(
        to request: Message.Request,
        _ agreement: LegacyAgreement,
        _ link: ClientLink
    ) async -> Message.Response {
        await answer(request, version: agreement.version) {
            let meta = request.parameters[MetaKey.meta]?.objectValue ?? JSONObject()
            let context = RequestContext(
                version: agreement.version,
                client: agreement.client,
                capabilities: agreement.capabilities,
                principal: link.principal,
                trace: TraceContext(meta: meta),
                progress: try progress(meta, link)
            )
            switch request.method {
            case Method.ping, Method.setLogLevel: return JSONObject()
            case Method.subscribeResource,
                Method.unsubscribeResource where surface.capabilities.resources != nil:
                try link.subscriptions?.receive(request)
                return JSONObject()
            default: return try await dispatch(request, context, link, agreement: agreement)
            }
        }
    }

    // MARK: - Both

    private func answer(
        _ request: Message.Request,
        version: ProtocolVersion?,
        _ work: () async throws -> JSONObject
    ) async -> Message.Response {
        do {
            guard !Telemetry.current.isBound, telemetry.isBound else {
                return Message.Response(id: request.id, try await traced(request, version, work))
            }
            return try await Telemetry.$current.withValue(telemetry) {
                Message.Response(id: request.id, try await traced(request, version, work))
            }
        } catch let error as ProtocolError {
            return Message.Response(id: request.id, error)
        } catch let error as MalformedValue {
            return Message.Response(id: request.id, .invalidParameters("\(error)"))
        } catch {
            return Message.Response(id: request.id, .internalFault)
        }
    }

    /// Does the work below the client's span, which everything it calls then passes on, recorded or not.
    private func traced(
        _ request: Message.Request,
        _ version: ProtocolVersion?,
        _ work: () async throws -> JSONObject
    ) async throws -> JSONObject {
        let remote = TraceContext(meta: request.parameters[MetaKey.meta]?.objectValue ?? JSONObject()).context
        guard Telemetry.current.isRecording, request.method != Method.listen else {
            guard let remote else { return try await work() }
            return try await Span(notRecorded: remote).whileCurrent(work)
        }
        let call = MCPCallTelemetry(
            .server,
            request.method,
            request.parameters,
            transport: nil,
            [.mcpProtocolVersion: version.map { .string($0.rawValue) }]
        )
        // The transport's own trace is another one: it is linked, not followed.
        let ambient = Span.current.context
        return try await call.measuring(
            parent: remote.map { .context($0) } ?? .current,
            links: remote == nil ? [] : [ambient].compactMap(\.self).map { SpanLink($0) },
            span: [.requestID: .string(request.id.description)]
        ) { span in
            guard !span.isRecording, let remote, span.context == nil else { return try await work() }
            return try await Span(notRecorded: remote).whileCurrent(work)
        }
    }

    private func progress(
        _ meta: JSONObject,
        _ link: ClientLink
    ) throws -> @Sendable (CallProgress) -> Void {
        guard let token = meta[MetaKey.progressToken], token != .null else { return { _ in } }
        let id = try RequestID(parameter: token)
        return { progress in
            let params = ProgressParams(
                progressToken: id,
                progress: progress.progress,
                total: progress.total,
                message: progress.message
            )
            link.notify(Message.Notification(Method.progress, params.json.objectValue ?? JSONObject()))
        }
    }
}
