package import HTTPTransport
package import SkillCatalog

/// A document that describes tools, at an address the user gave.
package struct RemoteToolDocument: SkillSource {
    package let name: String
    package var location: String { url.description }
    private let url: HTTPURL
    private let client: any HTTPClient

    /// - Parameters:
    ///   - address: with http or https.
    ///   - name: Short name of the source; made from the address unless given.
    /// - Throws: `SkillSourceError` for what is no address.
    package init(_ address: String, name: String? = nil, client: any HTTPClient) throws(SkillSourceError) {
        do throws(HTTPError) {
            url = try HTTPURL(address)
        } catch {
            throw SkillSourceError(.unreadable, location: "the address", error.description)
        }
        self.client = client
        self.name = SkillSources.name(name, or: Self.name(of: url))
    }

    /// Whether a text names something on the network instead of a file.
    package static func isAddress(_ text: String) -> Bool {
        let text = text.lowercased()
        return text.hasPrefix("http://") || text.hasPrefix("https://")
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

    /// The file's stem where it says something, else the host: `petstore` for `https://example.org/petstore.yaml`.
    private static func name(of url: HTTPURL) -> String {
        let file = url.path.split(separator: "/").last.map(String.init) ?? ""
        let stem = file.split(separator: ".").first.map(String.init) ?? ""
        let isGeneric = ["", "openapi", "swagger", "api", "spec", "index", "schema", "api-docs"].contains(
            stem.lowercased()
        )
        return isGeneric ? url.host : stem
    }
}
