import Glibc
package import HTTPTransport
import JSONSchema

extension ChatEndpoint {
    /// What a look at an endpoint found, without asking the model anything.
    public struct ProbeResult: Sendable, Hashable {
        /// The server answered and takes the key.
        public var isReachable: Bool
        /// What was found, in one line without secrets.
        public var detail: String
    }

    /// Asks the server for the list of its models.
    package func probe(client: any HTTPClient, timeout: Duration = .seconds(5)) async throws -> ProbeResult {
        var request = HTTPRequest(.get, baseURL.appending(path: "models"), headers: ["Accept": "application/json"])
        request.limits = HTTPLimits(connectTimeout: timeout, totalTimeout: timeout, maximumBodyBytes: 8 << 20)
        if let key {
            switch provider {
            case .openAI: request.headers["Authorization"] = "Bearer \(key.reveal())"
            case .anthropic:
                request.headers["X-Api-Key"] = key.reveal()
                request.headers["Anthropic-Version"] = "2023-06-01"
            }
        }
        do {
            let response = try await client.send(request)
            // Servers without such a list are there all the same.
            if [404, 405, 501].contains(response.status.code) {
                return ProbeResult(isReachable: true, detail: "\(self): reachable; it lists no models")
            }
            guard response.status.isSuccess else {
                let failure = EndpointFailure(response, from: self, now: Int(time(nil)))
                return ProbeResult(isReachable: false, detail: "\(failure.error)")
            }
            return ProbeResult(isReachable: true, detail: "\(self): reachable" + known(response.body))
        } catch let error as HTTPError {
            var error = error
            error.place = nil
            return ProbeResult(isReachable: false, detail: "\(self): \(error)")
        }
    }

    private func known(_ body: [UInt8]) -> String {
        guard let list = (try? JSONParser.parse(utf8: body))?["data"]?.arrayValue else { return "" }
        let names = list.compactMap { $0["id"]?.stringValue }
        guard !names.isEmpty else { return "" }
        return names.contains(model) ? ", knows the model" : ", does not list the model among its \(names.count)"
    }
}
