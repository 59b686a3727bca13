import HTTPTransport
import JSONSchema

/// Reads one server of a configuration.
struct MCPServerReading {
    let name: String
    let expansion: VariableExpansion
    /// What was passed over.
    private(set) var remarks: [MCPConfigurationProblem] = []

    static let maximumNameBytes = 128
    private static let maximumArguments = 1_000

    init(name: String, expansion: VariableExpansion) {
        self.name = name
        self.expansion = expansion
    }

    /// A name as it may be shown: without control characters, and not too long.
    static func shown(_ name: String) -> String {
        let scalars = name.unicodeScalars.prefix(maximumNameBytes).map { scalar in
            scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
                ? "\u{FFFD}" : scalar
        }
        return String(String.UnicodeScalarView(scalars))
    }

    mutating func server(_ value: JSONValue) throws(MCPConfigurationProblem) -> MCPServerConfiguration {
        guard !name.isEmpty, name.utf8.count <= Self.maximumNameBytes, Self.shown(name) == name else {
            throw MCPConfigurationProblem(
                .invalidName,
                "a name has 1 to \(Self.maximumNameBytes) bytes and no control characters"
            )
        }
        guard let members = value.objectValue else {
            throw MCPConfigurationProblem(.invalidServer, "is \(value.typeName), not an object")
        }
        let transport = try transport(members)
        let settings: MCPServerSettings
        do throws(MCPSettingFault) {
            settings = try MCPServerSettings(json: members["skillweaver"]) { text throws(MCPConfigurationProblem) in
                try expansion(text)
            }
        } catch {
            throw MCPConfigurationProblem(.invalidSetting, error.reason)
        }
        if members["envFile"] != nil {
            remark("envFile", "variables are taken from the environment and from `env` only")
        }
        return MCPServerConfiguration(
            name: name,
            transport: transport,
            isDisabled: try isDisabled(members),
            settings: settings
        )
    }

    private func isDisabled(_ members: JSONObject) throws(MCPConfigurationProblem) -> Bool {
        for (name, meansDisabled) in [("disabled", true), ("enabled", false)] {
            guard let value = members[name], value != .null else { continue }
            guard let truth = value.boolValue else {
                throw MCPConfigurationProblem(.invalidServer, "has `\(name)` that is neither true nor false")
            }
            return truth == meansDisabled
        }
        return false
    }

    private func transport(_ members: JSONObject) throws(MCPConfigurationProblem) -> MCPServerConfiguration.Transport {
        let command = members["command"]
        let url = members["url"] ?? members["serverUrl"] ?? members["httpUrl"]
        guard (command == nil) != (url == nil) else {
            throw MCPConfigurationProblem(
                .noTransport,
                command == nil
                    ? "has neither `command` nor `url`" : "has both `command` and `url`; it can be only one of them"
            )
        }
        let type = members["type"] ?? members["transport"]
        let word = type?.stringValue?.lowercased() ?? (command == nil ? "http" : "stdio")
        switch (word, command, url) {
        case ("stdio", .some(let command), _): return .stdio(try process(command, members))
        case ("http", _, .some(let url)), ("streamable-http", _, .some(let url)),
            ("streamablehttp", _, .some(let url)), ("streamable_http", _, .some(let url)):
            return .http(try endpoint(url, members))
        case ("sse", _, .some):
            throw MCPConfigurationProblem(
                .unknownTransport,
                "uses the transport 'sse', which the protocol gave up; if the server speaks Streamable HTTP, write "
                    + #""type": "http" and the address of that"#
            )
        default:
            throw MCPConfigurationProblem(
                .unknownTransport,
                "has the type '\(Self.shown(word))', which does not fit; it is stdio with a `command`, or http with a `url`"
            )
        }
    }

    // MARK: - A program

    private func process(
        _ command: JSONValue,
        _ members: JSONObject
    ) throws(MCPConfigurationProblem) -> MCPServerConfiguration.Process {
        let program = try expansion(try text(command, "command"))
        guard !program.isEmpty, !program.utf8.contains(0) else {
            throw MCPConfigurationProblem(.invalidServer, "has an empty `command`")
        }
        var process = MCPServerConfiguration.Process(command: program)
        if let list = members["args"], list != .null {
            guard let elements = list.arrayValue, elements.count <= Self.maximumArguments else {
                throw MCPConfigurationProblem(
                    .invalidServer,
                    "has `args` that is no list of at most \(Self.maximumArguments) texts"
                )
            }
            for element in elements { process.arguments.append(try expansion(try text(element, "args"))) }
        }
        process.environment = try environment(members["env"])
        if let folder = members["cwd"], folder != .null {
            process.workingFolder = absolute(try expansion(try text(folder, "cwd")))
        }
        return process
    }

    /// A folder as an absolute path; a relative one is seen from the project.
    private func absolute(_ folder: String) -> String {
        guard !folder.hasPrefix("/"), let workspace = expansion.workspace else { return folder }
        return folder == "." || folder.isEmpty ? workspace : "\(workspace)/\(folder)"
    }

    private func environment(_ value: JSONValue?) throws(MCPConfigurationProblem) -> [String: String] {
        guard let value, value != .null else { return [:] }
        guard let members = value.objectValue else {
            throw MCPConfigurationProblem(.invalidServer, "has `env` that is \(value.typeName), not an object")
        }
        var variables: [String: String] = [:]
        for (name, value) in members where value != .null {
            guard !name.isEmpty, !name.utf8.contains(UInt8(ascii: "=")), !name.utf8.contains(0) else {
                throw MCPConfigurationProblem(.invalidServer, "has `env` with a name that no variable can have")
            }
            variables[name] = try expansion(try text(value, "env.\(name)"))
        }
        return variables
    }

    // MARK: - An address

    private func endpoint(
        _ url: JSONValue,
        _ members: JSONObject
    ) throws(MCPConfigurationProblem) -> MCPServerConfiguration.Endpoint {
        let address = try expansion(try text(url, "url"))
        let read: HTTPURL
        do throws(HTTPError) {
            read = try HTTPURL(address)
        } catch {
            throw MCPConfigurationProblem(.invalidURL, "has a `url` that cannot be used: \(error.detail)")
        }
        var endpoint = MCPServerConfiguration.Endpoint(url: read)
        guard let value = members["headers"], value != .null else { return endpoint }
        guard let headers = value.objectValue else {
            throw MCPConfigurationProblem(.invalidServer, "has `headers` that is \(value.typeName), not an object")
        }
        for (name, value) in headers {
            let value = try expansion(try text(value, "headers.\(name)"))
            guard HTTPHeaders.isToken(name), HTTPHeaders.isValue(value) else {
                throw MCPConfigurationProblem(
                    .invalidHeader,
                    "has the header '\(Self.shown(name))', whose name or value holds characters that headers cannot"
                )
            }
            endpoint.headers.add(name, value)
        }
        return endpoint
    }

    // MARK: - Values

    /// A text; numbers and truth values count as what they are written as.
    private func text(_ value: JSONValue, _ member: String) throws(MCPConfigurationProblem) -> String {
        switch value {
        case .string(let text) where !text.utf8.contains(0): return text
        case .integer, .number, .bool: return value.serialized()
        default:
            throw MCPConfigurationProblem(.invalidServer, "has `\(Self.shown(member))` that is no usable text")
        }
    }

    private mutating func remark(_ member: String, _ why: String) {
        remarks.append(
            MCPConfigurationProblem(
                .ignoredMember(member),
                server: name,
                "has `\(member)`, which is passed over: \(why)"
            )
        )
    }
}
