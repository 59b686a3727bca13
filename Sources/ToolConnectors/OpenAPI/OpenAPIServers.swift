import HTTPTransport
import JSONSchema
import SkillCatalog

/// Where the operations of a document are.
struct OpenAPIServers {
    let document: OpenAPIDocument
    /// The address the document was fetched from; nil for a file.
    let base: HTTPURL?

    /// The address of the first usable server, without a slash at its end.
    ///
    /// - Parameter lists: the servers of an operation, its path, the document; the first list that is there counts.
    /// - Throws: why there is no usable address.
    func address(_ lists: [JSONValue?]) throws(DocumentFault) -> String {
        let list = lists.lazy.compactMap { $0?.arrayValue }.first { !$0.isEmpty } ?? [["url": "/"]]
        var fault = DocumentFault(.unreadable, "names no server")
        for server in list {
            do throws(DocumentFault) { return try address(of: server) } catch { fault = error }
        }
        throw fault
    }

    private func address(of server: JSONValue) throws(DocumentFault) -> String {
        guard var text = server["url"]?.stringValue else {
            throw DocumentFault(.unreadable, "has a server without `url`")
        }
        for (name, variable) in server["variables"]?.objectValue ?? [:] {
            guard let value = variable["default"]?.stringValue else { continue }
            text = text.replacing("{\(name)}", with: value)
        }
        guard !text.utf8.contains(UInt8(ascii: "{")) else {
            throw DocumentFault(.unreadable, "has the server '\(text.prefix(120))' with a variable that has no default")
        }
        guard text.contains("://") || base != nil else {
            throw DocumentFault(
                .unreadable,
                "has the server '\(text.prefix(120))', which is no whole address; write scheme and host into its `servers`"
            )
        }
        do throws(HTTPError) {
            let url = try HTTPURL(text, relativeTo: base)
            guard !url.hasCredentials else {
                throw HTTPError(.invalidRequest, detail: "it holds a user and password")
            }
            return url.origin + (url.path.hasSuffix("/") ? String(url.path.dropLast()) : url.path)
        } catch {
            throw DocumentFault(
                .unreadable,
                "has the server '\(text.prefix(120))', which cannot be used: \(error.detail)"
            )
        }
    }
}
