import FoundationEssentials
package import HTTPTransport
package import SkillCatalog

/// A document that describes tools, at an address the user gave.
package struct RemoteToolDocument: SkillSource {
    package let name: String
    package let location: String
    private let url: HTTPURL
    private let client: any HTTPClient

    /// - Parameters:
    ///   - address: with http or https.
    ///   - name: Short name of the source; made from the address unless given.
    /// - Throws: `SkillSourceError` for what is no address.
    package init(
        _ address: String,
        name: String? = nil,
        client: (any HTTPClient)? = nil
    ) throws(SkillSourceError) {
        do throws(HTTPError) {
            url = try HTTPURL(address)
            guard !url.hasCredentials else {
                throw HTTPError(.invalidRequest, place: url.origin, detail: "it holds a user and password")
            }
            if let client {
                self.client = client
            } else {
                let options = try HTTPClientOptions(environment: { ProcessInfo.processInfo.environment[$0] })
                self.client = CurlHTTPClient(options: options)
            }
        } catch {
            throw SkillSourceError(.unreadable, location: "the address", error.description)
        }
        self.location = address
        self.name = SkillSources.name(name, or: SourceAddress.name(of: address))
    }

    package nonisolated(nonsending) func read(_ receive: (SourceRecord) async throws -> Void) async throws {
        let response: HTTPResponse
        do {
            let limits = HTTPLimits(totalTimeout: .seconds(120), maximumBodyBytes: ToolDocument.maximumBytes)
            let headers: HTTPHeaders = ["Accept": "application/json, application/yaml, text/yaml, */*;q=0.5"]
            response = try await client.stream(
                HTTPRequest(.get, url, headers: headers, limits: limits),
                following: HTTPRedirectPolicy()
            ).collected()
        } catch let error as HTTPError {
            throw SkillSourceError(.unreadable, location: location, error.description)
        }
        guard response.status.isSuccess else {
            throw SkillSourceError(
                response.status == 404 ? .missing : .unreadable,
                location: location,
                "the server answered \(response.status)"
            )
        }
        let document = ToolDocument(source: name, location: location, address: url)
        for record in try document.records(in: response.body) {
            try Task.checkCancellation()
            try await receive(record)
        }
    }
}
