import JSONSchema
import TaskDecomposition
import Testing

private typealias Example = GranularityLearning.Example

@Suite("Granularity")
struct GranularityTests {
    @Test("someone who always makes one step more is understood")
    func finer() throws {
        let examples = (0..<16).map { Example(usual: 1 + $0 % 4, expected: Double(1 + $0 % 4), gold: 2 + $0 % 4) }
        let learning = GranularityLearning(examples)
        let granularity = try #require(learning.granularity)
        #expect(learning.usualHits == 0)
        #expect(learning.heldOutHits == 16)
        #expect([1, 2, 5].map { granularity.count(expected: $0) } == [2, 3, 6])
    }

    @Test("where texts say nothing about the number of steps, the usual number is learned")
    func fixed() throws {
        let examples = (0..<20).map { Example(usual: 1 + $0 % 5, expected: Double(1 + $0 % 5), gold: 3) }
        let granularity = try #require(GranularityLearning(examples).granularity)
        #expect([1, 2, 6].map { granularity.count(expected: $0) } == [3, 3, 3])
    }

    @Test("what does not help on requests it has not seen is not learned")
    func nothing() {
        let right = (0..<12).map { Example(usual: 1 + $0 % 3, expected: Double(1 + $0 % 3), gold: 1 + $0 % 3) }
        #expect(GranularityLearning(right).granularity == nil)
        #expect(GranularityLearning([]).granularity == nil)
    }

    @Test("there is always a step, and numbers out of range are no granularity")
    func ranges() {
        #expect(StepGranularity(textWeight: 1, offset: -5)?.count(expected: 2) == 1)
        #expect(StepGranularity(textWeight: 1.1, offset: 0) == nil)
        #expect(StepGranularity(textWeight: .nan, offset: 0) == nil)
        #expect(StepGranularity(textWeight: 1, offset: .infinity) == nil)
    }

    @Test("a file says what was learned, and reads back")
    func file() throws {
        let examples = (0..<16).map { Example(usual: 1, expected: 1, gold: 2 + $0 % 2 * 0) }
        let learning = GranularityLearning(examples)
        let text = StepGranularity.file(learning, examples: 16).serialized()
        let read = try StepGranularity.read(Array(text.utf8))
        #expect(read == learning.granularity)
        #expect(read != nil)
        let nothing = StepGranularity.file(GranularityLearning([]), examples: 0).serialized()
        let empty = try StepGranularity.read(Array(nothing.utf8))
        #expect(empty == nil)
    }

    @Test(
        "a file that is none is refused",
        arguments: [
            "", "[]", "{}", #"{"granularity": null}"#, #"{"granularity": 3, "version": 1}"#,
            #"{"granularity": null, "version": 2}"#,
            #"{"granularity": {"text_weight": 2, "offset": 0}, "version": 1}"#,
            #"{"granularity": {"text_weight": 1, "offset": "1"}, "version": 1}"#,
        ]
    )
    func malformed(text: String) {
        #expect(throws: GranularityError.self) { try StepGranularity.read(Array(text.utf8)) }
    }
}
