/// Which arguments of a tool clients repeat in headers.
extension ServerSurface {
    /// Pages that are looked through; a list that never ends holds nobody up.
    private var pageLimit: Int { 100 }

    /// The annotations of a tool's schema; nil for a tool that has none, or is not offered.
    ///
    /// One whose annotations break a rule has none either: clients do not use it over HTTP.
    func headerParameters(of tool: String) async -> HeaderParameters? {
        var cursor: String?
        for _ in 0..<pageLimit {
            guard let page = try? await tools(after: cursor) else { return nil }
            if let found = page.items.first(where: { $0.name == tool }) {
                let parameters = try? HeaderParameters(inputSchema: found.inputSchema)
                return parameters.flatMap { $0.isEmpty ? nil : $0 }
            }
            guard let next = page.nextCursor else { return nil }
            cursor = next
        }
        return nil
    }
}
