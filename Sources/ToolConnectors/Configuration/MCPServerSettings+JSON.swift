import JSONSchema
import ModelContextProtocol

extension MCPServerSettings {
    /// Reads the member `skillweaver` of a server strictly: a word nobody knows may have been meant to restrict.
    ///
    /// - Parameter expand: fills in variables, where they are taken.
    /// - Throws: a text that names what is wrong.
    init(
        json: JSONValue?,
        expand: (String) throws(MCPConfigurationProblem) -> String
    ) throws(MCPSettingFault) {
        self.init()
        guard let json, json != .null else { return }
        guard let members = json.objectValue else {
            throw MCPSettingFault("`skillweaver` is \(json.typeName), not an object")
        }
        for (name, value) in members {
            switch name {
            case "trusted": isTrusted = try Self.truth(name, value)
            case "toolsets":
                guard let word = value.stringValue.flatMap(Toolsets.init) else {
                    throw MCPSettingFault("`toolsets` is \"prefix\" or \"none\"")
                }
                toolsets = word
            case "start_timeout": startTimeout = try Self.duration(name, value)
            case "call_timeout": callTimeout = try Self.duration(name, value)
            case "concurrency": concurrency = try Self.whole(name, value, 1...1_000)
            case "output_limit": outputLimit = try Self.whole(name, value, 1_024...(1 << 30))
            case "pinned":
                guard let names = value.arrayValue?.compactMap(\.stringValue), names.count == value.arrayValue?.count,
                    names.count <= 64
                else {
                    throw MCPSettingFault("`pinned` is a list of at most 64 tool names")
                }
                pinned = names
            case "oauth": authorization = try AuthorizationSettings(json: value, expand: expand)
            default:
                throw MCPSettingFault("`skillweaver.\(name)` is not known; there are \(Self.names)")
            }
        }
    }

    private static let names =
        "trusted, toolsets, start_timeout, call_timeout, concurrency, output_limit, pinned, oauth"

    private static func truth(_ name: String, _ value: JSONValue) throws(MCPSettingFault) -> Bool {
        guard let truth = value.boolValue else { throw MCPSettingFault("`\(name)` is true or false") }
        return truth
    }

    private static func duration(_ name: String, _ value: JSONValue) throws(MCPSettingFault) -> Duration {
        guard let seconds = value.doubleValue, seconds > 0, seconds <= 86_400 else {
            throw MCPSettingFault("`\(name)` is a number of seconds above 0 and at most 86400")
        }
        return .milliseconds(Int64((seconds * 1_000).rounded(.up)))
    }

    private static func whole(
        _ name: String,
        _ value: JSONValue,
        _ range: ClosedRange<Int>
    ) throws(MCPSettingFault) -> Int {
        guard let number = value.intValue, range.contains(number) else {
            throw MCPSettingFault("`\(name)` is a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}

/// What is wrong with a setting, as a clause.
struct MCPSettingFault: Error, Sendable, Hashable {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}
