/// Which segments make up one step.
struct StepGroup: Sendable, Hashable {
    /// Index of the segment that asks for the step; the first one where the request asks for nothing in particular.
    var head: Int
    /// Indices of all its segments, ascending, the head among them.
    var members: [Int]
}

/// Gathers segments around the actions they belong to.
enum StepGrouping {
    /// One group for each action, in order. A request without an action is one group of everything that has content.
    static func groups(of segments: [Segment]) -> [StepGroup] {
        var groups: [StepGroup] = []
        var waiting: [Int] = []
        /// Whether a continuation now belongs to something that is dropped.
        var isDropping = false
        for (index, segment) in segments.enumerated() {
            switch segment.role {
            case .action:
                groups.append(StepGroup(head: index, members: waiting + [index]))
                waiting = []
                isDropping = false
            case .context, .announcement:
                isDropping = true
            case .parameter where isLeading(segment, before: segments.dropFirst(index + 1).first):
                waiting.append(index)
                isDropping = false
            case .parameter, .continuation:
                if isDropping, !segment.boundary.startsSentence { continue }
                isDropping = false
                if !waiting.isEmpty || groups.isEmpty {
                    waiting.append(index)
                } else {
                    groups[groups.count - 1].members.append(index)
                }
            }
        }
        return finish(groups, waiting, segments)
    }

    /// Belongs to the action after it: "If it rains, …", "For each city, …".
    private static func isLeading(_ segment: Segment, before next: Segment?) -> Bool {
        let isCondition = segment.cues.contains(.conditional)
        guard segment.boundary.startsSentence else {
            guard isCondition, segment.connective != nil, let next else { return false }
            return next.role == .action && next.connective == nil && next.sentence == segment.sentence
        }
        return isCondition || segment.cues.isDisjoint(with: [.setting, .statement, .delivery])
    }

    private static func finish(_ groups: [StepGroup], _ waiting: [Int], _ segments: [Segment]) -> [StepGroup] {
        var groups = groups
        if groups.isEmpty {
            let content = segments.indices.filter { !segments[$0].cues.contains(.filler) }
            let members = content.isEmpty ? Array(segments.indices) : content
            return members.first.map { [StepGroup(head: $0, members: members)] } ?? []
        }
        groups[groups.count - 1].members += waiting
        return groups
    }
}
