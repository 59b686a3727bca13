import JSONSchema
import SkillCatalog
import Testing

@testable import PlanComposition

@Suite("Compatibility of two tools")
struct CompatibilityTests {
    private func score(_ output: JSONObject, _ input: JSONObject) -> Double? {
        Compatibility.score(
            producer: Samples.signature(returns: output),
            consumer: Samples.signature(takes: input)
        )
    }

    @Test("is unknown, not good, where one side says nothing")
    func unknown() {
        let csv = Samples.signature(takes: ["!csv": ["type": "string"]], returns: ["csv": ["type": "string"]])
        #expect(Compatibility.score(producer: .unknown, consumer: csv) == nil)
        #expect(Compatibility.score(producer: csv, consumer: .unknown) == nil)
        #expect(Compatibility.neutral == 0.5)
    }

    @Test("is highest for the same thing, good for a declared coercion, low for what does not fit")
    func order() throws {
        let csv: JSONObject = ["!csv_path": ["type": "string"]]
        let same = try #require(score(["csv_path": ["type": "string"]], csv))
        let coerced = try #require(score(["spreadsheet_path": ["type": "string"]], csv))
        let wrong = try #require(score(["audio_path": ["type": "string"]], csv))
        #expect(same > 0.95)
        #expect(coerced > Compatibility.neutral && coerced < same)
        #expect(wrong < 0.2)
    }

    @Test("knows that a path is not the content")
    func carriers() throws {
        let byPath = try #require(score(["csv_path": ["type": "string"]], ["!csv_path": ["type": "string"]]))
        let byValue = try #require(score(["csv_path": ["type": "string"]], ["!csv": ["type": "string"]]))
        #expect(byValue < byPath)
    }

    @Test("says little when both sides just have text")
    func text() throws {
        let any = try #require(score(["a": ["type": "string"]], ["!b": ["type": "string"]]))
        #expect(any < 0.6)
    }

    @Test("is near nothing for a tool that takes nothing")
    func takesNothing() {
        #expect(score(["csv": ["type": "string"]], [:]) == 0.1)
    }

    @Test("pulls guesses halfway to neutral")
    func guesses() throws {
        let producer = IOSignature(Samples.skill("a", description: "Transcribe audio"), tool: nil)
        let consumer = IOSignature(Samples.skill("b", description: "Convert audio files"), tool: nil)
        let score = try #require(Compatibility.score(producer: producer, consumer: consumer))
        #expect((0.25...0.75).contains(score))
    }

    @Test("stays between 0 and 1 for every pair of types")
    func bounds() {
        for from in IOType.allCases {
            #expect(Coercions.weight(from: from, to: from) == 1)
            for to in IOType.allCases {
                let fit = Compatibility.fit(IOPort(name: "x", type: from), IOPort(name: "x", type: to))
                #expect((0...1).contains(fit.score))
            }
        }
    }
}
