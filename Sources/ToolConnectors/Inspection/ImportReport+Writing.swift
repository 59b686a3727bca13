package import JSONSchema
import LanguageModels

extension ImportReport {
    /// The report for programs.
    package var json: JSONValue {
        [
            "tokens": [
                "before": JSONValue(tokensBefore), "after": JSONValue(tokensAfter),
                "saved": .number((saved * 10_000).rounded() / 10_000), "source": .string(tokenSource.rawValue),
            ],
            "tools": JSONValue(tools),
            "servers": .array(servers.map(\.json)),
            "duplicates": .array(
                duplicates.map { ["tools": JSONValue($0.tools), "same_name": .bool($0.haveOneName)] }
            ),
            "dead": .array(dead.map { ["tool": .string($0.tool), "reason": .string($0.reason)] }),
            "routes": .array(
                routes.map { route in
                    [
                        "request": .string(route.request),
                        "steps": .array(route.steps.map { ["text": .string($0.text), "tool": JSONValue($0.tool)] }),
                    ]
                }
            ),
        ]
    }

    /// The report for people, a line each.
    package var lines: [String] {
        let usable = servers.filter { $0.state == .ready || $0.state == .slow }.count
        var lines = ["\(servers.count) servers, \(usable) of them usable, \(tools) tools"]
        for server in servers {
            let time = server.startTime.map { ", started in \(Self.seconds($0)) s" } ?? ""
            let cost = server.tools == 0 ? "" : ": \(server.tools) tools, \(server.tokens) tokens\(time)"
            lines.append("  \(server.name) (\(server.state.rawValue))\(cost)\(server.reason.map { ": \($0)" } ?? "")")
        }
        let percent = Int((saved * 100).rounded())
        lines += [
            "tokens of every request (\(tokenSource.rawValue))", "  before: \(tokensBefore)",
            "  after:  \(tokensAfter), \(percent) % less",
        ]
        if !duplicates.isEmpty {
            lines.append("tools that do the same")
            lines += duplicates.map { "  \($0.tools.joined(separator: ", "))" + ($0.haveOneName ? " (one name)" : "") }
        }
        if !dead.isEmpty {
            lines.append("tools no model can be expected to call")
            lines += dead.map { "  \($0.tool): \($0.reason)" }
        }
        for route in routes {
            lines.append("\"\(route.request)\"")
            lines += route.steps.map { "  \($0.text) -> \($0.tool ?? "nothing fits")" }
        }
        return lines
    }

    private static func seconds(_ duration: Duration) -> String {
        let tenths = Int((duration / .milliseconds(100)).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension ImportReport.Server {
    fileprivate var json: JSONValue {
        var members: JSONObject = [
            "name": .string(name), "state": .string(state.rawValue), "tools": JSONValue(tools),
            "tokens": JSONValue(tokens),
        ]
        members["start_seconds"] = startTime.map { .number(($0 / .milliseconds(1)).rounded() / 1_000) }
        members["reason"] = reason.map(JSONValue.string)
        return .object(members)
    }
}
