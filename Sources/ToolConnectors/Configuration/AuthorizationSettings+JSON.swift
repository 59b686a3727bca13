import HTTPTransport
import JSONSchema
import ModelContextProtocol

extension AuthorizationSettings {
    private static let names = "issuer, client_id, client_secret, client_metadata_url, scopes, redirect_port"

    /// Reads the member `oauth` of a server's settings strictly.
    ///
    /// - Parameter expand: fills in variables, so that a secret need not stand in the file.
    /// - Throws: a text that names what is wrong.
    init(json: JSONValue?, expand: (String) throws(MCPConfigurationProblem) -> String) throws(MCPSettingFault) {
        self.init()
        guard let json, json != .null else { return }
        guard let members = json.objectValue else {
            throw MCPSettingFault("`skillweaver.oauth` is \(json.typeName), not an object")
        }
        for (name, value) in members {
            switch name {
            case "issuer": issuer = try Self.text(name, value, expand)
            case "client_id": clientID = try Self.text(name, value, expand)
            case "client_secret": clientSecret = Secret(try Self.text(name, value, expand))
            case "client_metadata_url": clientDocument = try Self.text(name, value, expand)
            case "scopes":
                let words = (value.arrayValue ?? []).compactMap(\.stringValue)
                guard !words.isEmpty, words.count == value.arrayValue?.count,
                    Scopes.words(words.joined(separator: " ")) == words
                else { throw MCPSettingFault("`oauth.scopes` is a list of at most 64 scopes, each once") }
                scopes = words
            case "redirect_port":
                guard let port = value.intValue, (1_024...65_535).contains(port) else {
                    throw MCPSettingFault("`oauth.redirect_port` is a whole number from 1024 to 65535")
                }
                redirectPort = port
            default: throw MCPSettingFault("`skillweaver.oauth.\(name)` is not known; there are \(Self.names)")
            }
        }
        guard clientSecret == nil || clientID != nil else {
            throw MCPSettingFault("`oauth.client_secret` needs the `client_id` it belongs to")
        }
    }

    private static func text(
        _ name: String,
        _ value: JSONValue,
        _ expand: (String) throws(MCPConfigurationProblem) -> String
    ) throws(MCPSettingFault) -> String {
        guard let written = value.stringValue, !written.isEmpty, written.utf8.count <= 4_096 else {
            throw MCPSettingFault("`oauth.\(name)` is a text that is not empty")
        }
        do { return try expand(written) } catch { throw MCPSettingFault("`oauth.\(name)`: \(error.message)") }
    }
}
