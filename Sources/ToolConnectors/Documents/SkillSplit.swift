/// Splits what is too much for one skill into groups.
enum SkillSplit {
    /// Elements with one label, in the order of the first of each; labels with a single element share the group `other`.
    static func groups<Element>(_ elements: [Element], label: (Element) -> String) -> [(String, [Element])] {
        var order: [String] = []
        var groups: [String: [Element]] = [:]
        for element in elements {
            let label = label(element)
            if groups[label] == nil { order.append(label) }
            groups[label, default: []].append(element)
        }
        let alone = order.filter { groups[$0]?.count == 1 }
        guard alone.count > 1 else { return order.map { ($0, groups[$0] ?? []) } }
        let rest = order.filter { !alone.contains($0) && $0 != "other" }
        let other = (groups["other"].flatMap { $0.count > 1 ? $0 : nil } ?? []) + alone.flatMap { groups[$0] ?? [] }
        return rest.map { ($0, groups[$0] ?? []) } + [("other", other)]
    }
}
