/// Where a segment stands in its request, as numbers.
struct RequestShape {
    /// Numbers that are appended for a segment.
    static let count = 24

    private let segments: [Segment]
    private let tokens: [Token]
    private let isEnglish: Bool
    /// Indices of the segments that the rules take for actions, ascending.
    private let actions: [Int]
    /// How many of them stand before each segment.
    private let actionsBefore: [Int]
    private let sentenceStarts: [Int]
    private let wordCount: Int

    init(_ request: SegmentedRequest) {
        segments = request.segments
        tokens = request.tokens
        isEnglish = request.language == .english
        var actions: [Int] = []
        var before: [Int] = []
        var starts: [Int] = []
        for (index, segment) in segments.enumerated() {
            before.append(actions.count)
            if segment.role == .action { actions.append(index) }
            if segment.sentence >= starts.count { starts.append(index) }
        }
        self.actions = actions
        actionsBefore = before
        sentenceStarts = starts
        wordCount = tokens.count { !$0.isPunctuation }
    }

    /// The nearest segment before this one that the rules take for an action.
    func earlierAction(_ index: Int) -> Int? {
        actionsBefore[index] > 0 ? actions[actionsBefore[index] - 1] : nil
    }

    /// The nearest segment after this one that the rules take for an action.
    func laterAction(_ index: Int) -> Int? {
        let place = actionsBefore[index] + (segments[index].role == .action ? 1 : 0)
        return place < actions.count ? actions[place] : nil
    }

    func append(_ index: Int, to values: inout [Float]) {
        let segment = segments[index]
        let earlier = earlierAction(index)
        let later = laterAction(index)
        let sentence = sentence(of: segment)
        let sentenceActions = segments[sentence].count { $0.role == .action }
        let numbers = [
            index, segments.count, segments.count - 1 - index, segment.sentence, sentenceStarts.count,
            sentenceStarts.count - 1 - segment.sentence, sentence.count, index - sentence.lowerBound, sentenceActions,
            actionsBefore[index] - actionsBefore[sentence.lowerBound], actions.count, actionsBefore[index],
            actions.count - actionsBefore[index], earlier.map { index - $0 } ?? 9, later.map { $0 - index } ?? 9,
            wordCount / 4, segments.count { $0.cues.contains(.literal) },
            segments.count { $0.cues.contains(.requested) }, segments.count { $0.boundary == .listItem },
        ]
        for number in numbers { values.append(Float(min(number, 40))) }
        values.append(flags: [
            isEnglish, earlier.map { segments[$0].sentence == segment.sentence },
            later.map { segments[$0].sentence == segment.sentence }, earlier.map { sharesHead($0, index) },
            later.map { sharesHead($0, index) },
        ])
    }

    private func sentence(of segment: Segment) -> Range<Int> {
        let next = segment.sentence + 1
        return sentenceStarts[segment.sentence]..<(next < sentenceStarts.count ? sentenceStarts[next] : segments.count)
    }

    /// Both begin with the same word.
    private func sharesHead(_ first: Int, _ second: Int) -> Bool {
        guard !segments[first].body.isEmpty, !segments[second].body.isEmpty else { return false }
        let (left, right) = (tokens[segments[first].head].word, tokens[segments[second].head].word)
        return !left.isEmpty && left == right
    }
}
