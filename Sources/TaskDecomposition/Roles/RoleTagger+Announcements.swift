/// Segments that look like requests and only lead up to them.
extension RoleTagger {
    /// "I'm planning to buy a phone, can you …": a plan is a story when a request follows it, else it is the request.
    mutating func dropIntentions() {
        var follower: Segment?
        for index in segments.indices.reversed() where segments[index].role == .action {
            let segment = segments[index]
            if segment.cues.contains(.intention), let follower, follower.connective == nil,
                follower.cues.isDisjoint(with: [.additive, .sequenced])
            {
                segments[index].decide(.context, 0.7, .statement)
            } else {
                follower = segment
            }
        }
    }

    /// "Please do the following:", "These are the tasks:" before a colon or a list.
    mutating func findHeadings() {
        for index in segments.indices.dropLast() where segments[index].role != .context {
            let (segment, next) = (segments[index], segments[index + 1])
            guard next.boundary == .colon || next.boundary == .listItem || next.boundary == .line, next.role == .action
            else { continue }
            let namesList = tokens[segment.tokens].suffix(4).contains { Self.listNouns.contains($0.word) }
            if namesList || (segment.cues.contains(.announces) && segment.role == .action) {
                segments[index].decide(.announcement, 0.9, .announces)
            }
        }
    }

    private static let listNouns: Set<String> = [
        "following", "follows", "steps", "tasks", "things", "list", "order", "below",
    ]

    /// "I need help with two things. First, …": says that requests follow, when they do.
    mutating func findAnnouncements() {
        /// The first action of the next sentence that has one, and the first action of this sentence.
        var follower: Int?
        var first: Int?
        for index in segments.indices.reversed() where segments[index].role == .action {
            if let known = first, segments[known].sentence > segments[index].sentence { follower = known }
            if let known = first, segments[known].cues.contains(.first) { follower = known }
            first = index
            if let follower, announces(segments[index], before: segments[follower]) {
                segments[index].decide(.announcement, 0.7)
            }
        }
    }

    private func announces(_ segment: Segment, before follower: Segment) -> Bool {
        if follower.cues.contains(.first) { return true }
        guard follower.cues.isDisjoint(with: [.additive, .sequenced]) else { return false }
        if segment.cues.contains(.announces) { return true }
        if follower.cues.contains(.setting) { return false }
        // "I need to run a model. Please provide the route.": the second sentence belongs to the first.
        if follower.cues.contains(.delivery), namesOutcome(follower) { return false }
        let isAsked = !follower.cues.isDisjoint(with: [.polite, .requested, .question])
        if segment.cues.contains(.desire) { return isAsked || !segment.cues.contains(.literal) }
        if segment.cues.contains(.wish), !segment.cues.contains(.literal) {
            return isAsked || follower.cues.contains(.literal)
        }
        return false
    }
}
