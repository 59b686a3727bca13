import HTTPTransport
import ModelContextProtocol
import Synchronization

/// A browser whose person agrees to everything, or meddles with what comes back.
final class FollowingBrowser: BrowserOpener {
    /// What becomes of the address the authorization server leads back to: none, itself, or others before it.
    typealias Meddling = @Sendable (_ address: String) -> [String]

    private let meddle: Meddling
    private let pages = Mutex<[HTTPURL]>([])
    private let answers = Mutex<[HTTPResponse]>([])

    init(_ meddle: @escaping Meddling = { [$0] }) { self.meddle = meddle }

    /// The pages that were opened.
    var opened: [HTTPURL] { pages.withLock { $0 } }
    /// What the listener answered, in order.
    var seen: [HTTPResponse] { answers.withLock { $0 } }

    func open(_ page: HTTPURL) async throws {
        pages.withLock { $0.append(page) }
        Task {
            let client = CurlHTTPClient()
            let response = try await client.send(HTTPRequest(.get, page))
            guard let location = response.headers["Location"] else { return }
            for address in meddle(location) {
                let answer = try await client.send(HTTPRequest(.get, try HTTPURL(address)))
                answers.withLock { $0.append(answer) }
            }
        }
    }
}
