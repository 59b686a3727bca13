package import SkillCatalog

/// Looks at servers: starts each, asks for its tools, and stops it.
///
/// Contract: never throws, and comes to an end for every server within its time for starting; what went wrong stands in
/// the result. Nothing it started is alive when it returns.
package protocol ServerInspection: Sendable {
    func inspect(_ server: MCPServerConfiguration) async -> InspectedServer
}

/// What one look at a server showed.
package struct InspectedServer: Sendable, Hashable {
    package var name: String
    /// All its tools, from every page; empty where it failed.
    package var tools: [Tool]
    /// From its start to the end of its list; nil where it failed before.
    package var startTime: Duration?
    /// Why it cannot be used, in words for its owner; nil where it can.
    package var failure: String?
    /// It was not looked at, because its owner has switched it off.
    package var isDisabled: Bool

    package init(
        name: String,
        tools: [Tool] = [],
        startTime: Duration? = nil,
        failure: String? = nil,
        isDisabled: Bool = false
    ) {
        self.name = name
        self.tools = tools
        self.startTime = startTime
        self.failure = failure
        self.isDisabled = isDisabled
    }
}

extension ServerInspection {
    /// Looks at all servers of a configuration, a few at a time; those that are switched off are only named.
    ///
    /// - Returns: in the order of the configuration.
    package func inspect(_ servers: [MCPServerConfiguration], atATime width: Int = 4) async -> [InspectedServer] {
        await withTaskGroup(of: (Int, InspectedServer).self) { group in
            var found: [Int: InspectedServer] = [:]
            for (place, server) in servers.enumerated() {
                if group.isEmpty == false, place >= width, let done = await group.next() { found[done.0] = done.1 }
                group.addTask {
                    if server.isDisabled { return (place, InspectedServer(name: server.name, isDisabled: true)) }
                    return (place, await inspect(server))
                }
            }
            for await done in group { found[done.0] = done.1 }
            return servers.indices.compactMap { found[$0] }
        }
    }
}
