import TaskDecomposition
import Testing

@Suite("Features of segments")
struct SegmentFeaturesTests {
    @Test(
        "one row a segment, all of one length, all finite",
        arguments: [
            "", "x", "Download the file and send it to Bob.", "1. a\n2. b\n3. c", "下载数据，然后画图",
            "I need help with two things. First, find a cafe. Second, what is the weather?", "and and and, , ;;",
        ]
    )
    func rows(request: String) {
        let segmented = TaggedRequest.read(request)
        let rows = SegmentFeatures(segmented, vectors: nil).rows
        #expect(rows.count == segmented.segments.count)
        #expect(rows.allSatisfy { $0.count == SegmentFeatures.shapeCount && $0.allSatisfy(\.isFinite) })
    }

    @Test("do not depend on which data a request names")
    func literals() {
        let first = TaggedRequest.read("Translate 'good day' to French and mail it to ann@example.org")
        let second = TaggedRequest.read("Translate 'thank you' to French and mail it to bob@example.com")
        #expect(SegmentFeatures(first, vectors: nil).rows == SegmentFeatures(second, vectors: nil).rows)
    }

    @Test("a lexicon without half of its verbs hides the same ones each time")
    func hiding() {
        let words = ["download", "send", "create", "translate", "book", "analyze", "fetch", "delete"]
        let hidden = Lexicon.english.hidingVerbs(seed: 1)
        let again = Lexicon.english.hidingVerbs(seed: 1)
        #expect(words.allSatisfy { hidden.classes(of: $0) == again.classes(of: $0) })
        #expect(words.contains { hidden.classes(of: $0) != Lexicon.english.classes(of: $0) })
        #expect(hidden.classes(of: "the") == Lexicon.english.classes(of: "the"))
    }
}
