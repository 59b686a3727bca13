import HTTPTransport
import Synchronization

/// Takes the one answer of an authorization server that a browser brings, at an address of this machine (RFC 8252, 7.3).
final class RedirectListener: Sendable {
    static let path = "/callback"
    /// Answers to other questions that are turned away before the login is given up: any page can send some.
    static let maximumForeignAnswers = 16

    let address: String
    private let server: HTTPServer
    private let answers: AsyncStream<Result<Secret, AuthorizationError>>

    /// Begins to listen.
    ///
    /// - Parameter port: 0 for any that is free.
    init(_ question: AuthorizationQuestion, port: Int) throws(AuthorizationError) {
        let (answers, continuation) = AsyncStream.makeStream(
            of: Result<Secret, AuthorizationError>.self,
            bufferingPolicy: .bufferingOldest(1)
        )
        self.answers = answers
        let desk = AnswerDesk(question, continuation)
        do {
            server = try HTTPServer(
                HTTPServerOptions(
                    port: port,
                    maximumConnections: 32,
                    maximumConnectionsPerAddress: 32,
                    maximumBodyBytes: 0,
                    receiveTimeout: .seconds(10)
                )
            ) { desk.answer($0) }
        } catch {
            throw AuthorizationError(.cannotListen, "127.0.0.1:\(port)", error.reason)
        }
        address = "http://127.0.0.1:\(server.port)\(Self.path)"
        desk.hosts.withLock { $0 = ["127.0.0.1:\(server.port)", "localhost:\(server.port)"] }
    }

    var port: Int { server.port }

    /// The code of the answer.
    func code(within patience: Duration, of issuer: String) async throws -> Secret {
        let answers = answers
        do {
            return try await withDeadline(patience) {
                for await answer in answers { return try answer.get() }
                throw CancellationError()
            }
        } catch ConnectionError.timedOut {
            throw AuthorizationError(.unanswered, issuer)
        }
    }

    /// Lets the browser have its page, and stops to listen.
    func close() async { await server.stop(grace: .seconds(2)) }
}

/// Judges what browsers bring.
private final class AnswerDesk: Sendable {
    private let question: AuthorizationQuestion
    private let continuation: AsyncStream<Result<Secret, AuthorizationError>>.Continuation
    private let state = Mutex((isAnswered: false, foreign: 0))
    let hosts = Mutex<Set<String>>([])

    init(
        _ question: AuthorizationQuestion,
        _ continuation: AsyncStream<Result<Secret, AuthorizationError>>.Continuation
    ) {
        self.question = question
        self.continuation = continuation
    }

    func answer(_ request: HTTPServerRequest) -> HTTPServerResponse {
        let named = request.headers.values(of: "Host")
        guard named.count == 1, hosts.withLock({ $0.contains(named[0].lowercased()) }) else {
            return Self.page(421, "This address does not answer under that name.")
        }
        guard request.rawPath == RedirectListener.path[...] else { return Self.page(404, "There is nothing here.") }
        guard request.method == .get else { return Self.page(405, "Only GET is answered here.") }
        switch question.read(request.queryItems ?? []) {
        case .foreign:
            let isTooMany = state.withLock { state in
                state.foreign += 1
                return state.foreign == RedirectListener.maximumForeignAnswers
            }
            if isTooMany { finish(.failure(AuthorizationError(.foreignAnswer, question.issuer))) }
            return Self.page(400, "This answer does not belong to the login that is under way.")
        case .refused(let error):
            guard finish(.failure(error)) else { return Self.page(410, "The login is over.") }
            return Self.page(200, "The login did not succeed. You can close this page; the terminal says why.")
        case .code(let code):
            guard finish(.success(code)) else { return Self.page(410, "The login is over.") }
            return Self.page(200, "You are logged in. You can close this page and go back to the terminal.")
        }
    }

    /// - Returns: false where an answer was already taken.
    @discardableResult
    private func finish(_ result: Result<Secret, AuthorizationError>) -> Bool {
        let isFirst = state.withLock { state in
            defer { state.isAnswered = true }
            return !state.isAnswered
        }
        guard isFirst else { return false }
        continuation.yield(result)
        continuation.finish()
        return true
    }

    /// Nothing that was sent is shown again, and the address with the code goes nowhere from here.
    private static func page(_ status: HTTPStatus, _ text: String) -> HTTPServerResponse {
        HTTPServerResponse(
            status,
            "text/html; charset=utf-8",
            "<!doctype html><title>SkillWeaver</title><p>\(text)</p>\n",
            headers: [
                "Cache-Control": "no-store", "Referrer-Policy": "no-referrer",
                "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
                "X-Content-Type-Options": "nosniff",
            ]
        )
    }
}
