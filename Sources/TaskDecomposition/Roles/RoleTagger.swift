/// Gives every segment of a request its role, first by its own words, then by its neighbours.
package struct RoleTagger {
    let tokens: [Token]
    var segments: [Segment]

    /// Fills in roles, cues and confidences of all segments.
    package static func tag(_ request: inout SegmentedRequest) {
        guard request.language == .english else {
            ForeignRoles.tag(&request)
            return
        }
        var tagger = RoleTagger(tokens: request.tokens, segments: request.segments)
        tagger.readHeads()
        tagger.readNeighbours()
        request.segments = tagger.segments
    }

    /// Roles that depend on the segments around; each rule relies on the ones before it.
    private mutating func readNeighbours() {
        adoptLeadingTimeClause()
        adoptVerbLists()
        adoptUnknownVerbs()
        joinOneActs()
        dropIntentions()
        dropTimeClauses()
        findHeadings()
        findAnnouncements()
        demoteSettings()
        demoteDeliveries()
        attachStatements()
        dropClosings()
    }

    /// The role that each segment's own words give it.
    private mutating func readHeads() {
        for index in segments.indices {
            let previous = index > 0 ? segments[index - 1] : nil
            HeadReader(tokens: tokens, previous: previous).read(&segments[index])
        }
    }
}

extension Segment {
    /// Sets the role with the strength of its evidence.
    mutating func decide(_ role: SegmentRole, _ confidence: Double, _ cues: SegmentCues = []) {
        self.role = role
        self.confidence = confidence
        self.cues.formUnion(cues)
    }

    /// Stands where a new clause is expected, so that a word which may be a verb is one.
    var isInClausePosition: Bool {
        boundary <= .dash || connective == .then || connective == .also
            || !cues.isDisjoint(with: [.polite, .sequenced, .additive, .requested])
    }
}
