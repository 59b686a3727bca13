import Storage

/// A filter as part of a statement about entries `e`.
struct FilterCondition: Sendable {
    /// Parameters, in order.
    private(set) var values: [PostgreSQLValue] = []
    private let filter: SkillFilter
    private let tables: GenerationTables

    init(_ filter: SkillFilter, tables: GenerationTables) {
        self.filter = filter
        self.tables = tables
        if !filter.sources.isEmpty { values.append(.texts(filter.sources.sorted())) }
        if !filter.tags.isEmpty { values.append(.texts(filter.tags.sorted())) }
        if let allowed = filter.allowed { values.append(.texts(allowed.sorted())) }
        if !filter.denied.isEmpty { values.append(.texts(filter.denied.sorted())) }
    }

    /// The condition; nil where everything passes.
    ///
    /// - Parameter first: number of its first parameter.
    func text(from first: Int) -> String? {
        guard !values.isEmpty else { return nil }
        var number = first
        var conditions = ["s.number = e.skill", tables.own("s")]
        func next() -> String {
            defer { number += 1 }
            return "$\(number)::text[]"
        }
        let tool = "(s.id || '.' || e.tool)"
        if !filter.sources.isEmpty { conditions.append("s.source = ANY(\(next()))") }
        if !filter.tags.isEmpty { conditions.append("s.tags && \(next())") }
        if filter.allowed != nil {
            let names = next()
            conditions.append("(s.id = ANY(\(names)) OR coalesce(\(tool) = ANY(\(names)), false))")
        }
        if !filter.denied.isEmpty {
            let names = next()
            conditions.append("NOT (s.id = ANY(\(names)) OR coalesce(\(tool) = ANY(\(names)), false))")
        }
        return "EXISTS (SELECT 1 FROM skillweaver_skills s WHERE \(conditions.joined(separator: " AND ")))"
    }
}
