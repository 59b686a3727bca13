import HTTPTransport
import JSONSchema

/// Why a request of the legacy era has no session.
struct SessionRefusal: Error {
    var status: HTTPStatus
    var id: RequestID?
    var error: ProtocolError

    var response: HTTPServerResponse { StreamableHTTPService.response(status, id, error) }
}

extension StreamableHTTPService {
    /// The session a request names.
    func session(
        _ request: HTTPServerRequest,
        _ principal: String
    ) async -> Result<LegacySession, SessionRefusal> {
        guard let id = request.headers[MirroredHeaders.session] else {
            let reason =
                "name the \(MetaKey.protocolVersion) in _meta, or begin with \(Method.initialize) and send its "
                + MirroredHeaders.session
            return .failure(SessionRefusal(status: 400, error: .invalidRequest(reason)))
        }
        guard let session = await sessions.find(id, principal: principal) else {
            return .failure(SessionRefusal(status: 404, error: .invalidRequest("the session is over; begin another")))
        }
        return .success(session)
    }

    static func response(_ refusal: HTTPAccess.Refusal) -> HTTPServerResponse {
        var response = response(refusal.status, nil, .invalidRequest(refusal.reason))
        response.headers["WWW-Authenticate"] = refusal.challenge
        return response
    }

    static func response(_ status: HTTPStatus, _ id: RequestID?, _ error: ProtocolError) -> HTTPServerResponse {
        json(status, Message.Response(id: id, error))
    }

    /// A response of the protocol with the status its era gives it.
    static func response(_ response: Message.Response, isModern: Bool) -> HTTPServerResponse {
        guard isModern, case .failure(let error) = response.outcome else { return json(200, response) }
        let status: HTTPStatus =
            switch error.code {
            case ProtocolError.Code.methodNotFound: 404
            case ProtocolError.Code.parse, ProtocolError.Code.invalidRequest, ProtocolError.Code.invalidParameters: 400
            default: error.isModern ? 400 : 200
            }
        return json(status, response)
    }

    private static func json(_ status: HTTPStatus, _ response: Message.Response) -> HTTPServerResponse {
        HTTPServerResponse(
            status,
            headers: ["Content-Type": "application/json", "Cache-Control": "no-store"],
            body: .bytes(Message.response(response).line)
        )
    }
}

extension ClientCapabilities {
    /// The client can be asked something in the middle of a call.
    var answersAnything: Bool { elicitation != nil || sampling != nil || roots != nil }
}
