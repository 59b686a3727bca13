import SkillCatalog

/// Finds tools of different servers that are the same to a model.
enum DuplicateTools {
    /// Descriptions that share this part of their words say the same.
    private static let likeness = 0.8
    /// More tools are compared by their names only: comparing all with all would take too long.
    private static let maximumCompared = 2_000

    static func find(in servers: [InspectedServer]) -> [ImportReport.Duplicates] {
        var byName: [String: [String]] = [:]
        var order: [String] = []
        for server in servers {
            for tool in server.tools {
                if byName[tool.name] == nil { order.append(tool.name) }
                byName[tool.name, default: []].append("\(server.name).\(tool.name)")
            }
        }
        let named = order.compactMap { name in
            byName[name].flatMap { $0.count > 1 ? ImportReport.Duplicates(tools: $0, haveOneName: true) : nil }
        }
        return named + alike(servers, besides: Set(named.flatMap(\.tools)))
    }

    private static func alike(_ servers: [InspectedServer], besides known: Set<String>) -> [ImportReport.Duplicates] {
        let tools = servers.flatMap { server in
            server.tools.map { (server: server.name, name: "\(server.name).\($0.name)", words: words(of: $0)) }
        }.filter { !known.contains($0.name) && $0.words.count >= 4 }
        guard tools.count <= maximumCompared else { return [] }
        var found: [ImportReport.Duplicates] = []
        for (place, tool) in tools.enumerated() {
            for other in tools[(place + 1)...] where other.server != tool.server {
                let shared = tool.words.intersection(other.words).count
                let all = tool.words.count + other.words.count - shared
                guard Double(shared) >= likeness * Double(all) else { continue }
                found.append(ImportReport.Duplicates(tools: [tool.name, other.name], haveOneName: false))
            }
        }
        return found
    }

    private static func words(of tool: Tool) -> Set<String> {
        Set(tool.description.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init))
    }
}
