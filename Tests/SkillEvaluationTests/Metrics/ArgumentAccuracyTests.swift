import JSONSchema
import SkillEvaluation
import Testing

@Suite("Arguments")
struct ArgumentAccuracyTests {
    private let inOrder = StepCorrespondence(predictedTools: ["A", "B"], goldTools: ["A", "B"], goldStepCount: 2)

    @Test("Literals and references are counted apart")
    func apart() {
        let gold: [JSONObject] = [
            ["city": "Paris", "days": 3], ["text": "$var1.forecast$", "to": "Ann", "subject": "For $var1.city$"],
        ]
        let accuracy = ArgumentAccuracy(
            [["city": "Paris", "days": 4], ["text": "$var1.forecast$", "to": "Ann", "subject": "$var1.city$"]],
            gold: gold,
            correspondence: inOrder
        )
        #expect((accuracy.literals.right, accuracy.literals.total) == (2, 3))
        #expect((accuracy.references.right, accuracy.references.total) == (1, 2))
        // The subject refers to the right step although its text is wrong.
        #expect((accuracy.referencedSteps.right, accuracy.referencedSteps.total) == (2, 2))
    }

    @Test(
        "Values are equal as JSON values",
        arguments: [
            (3, 3.0, true), (3, 3.5, false), ("3", 3, false), (["a", "b"], ["b", "a"], false),
            (["x": 1, "y": [2]], ["y": [2.0], "x": 1], true), (nil, nil, true), (true, 1, false), ("a", "A", false),
        ] as [(JSONValue, JSONValue, Bool)]
    )
    func equality(gold: JSONValue, answer: JSONValue, isRight: Bool) {
        let one = StepCorrespondence(predictedTools: ["A"], goldTools: ["A"], goldStepCount: 1)
        let accuracy = ArgumentAccuracy([["v": answer]], gold: [["v": gold]], correspondence: one)
        #expect(accuracy.literals.right == (isRight ? 1 : 0))
    }

    @Test("References are compared after the steps were put in correspondence")
    func swappedSteps() {
        let gold: [JSONObject] = [[:], [:], ["left": "$var1.x$", "right": "$var2.x$"]]
        let swapped = StepCorrespondence(
            predictedTools: ["B", "A", "C"],
            goldTools: ["A", "B", "C"],
            goldStepCount: 3
        )
        let accuracy = ArgumentAccuracy(
            [[:], [:], ["left": "$var2.x$", "right": "$var1.x$"]],
            gold: gold,
            correspondence: swapped
        )
        #expect((accuracy.references.right, accuracy.references.total) == (2, 2))
    }

    @Test("The right step with a wrong field is half an answer")
    func wrongField() {
        let accuracy = ArgumentAccuracy(
            [[:], ["a": "$var1.name$"]],
            gold: [[:], ["a": "$var1.id$"]],
            correspondence: inOrder
        )
        #expect(accuracy.references.right == 0)
        #expect(accuracy.referencedSteps.right == 1)
    }

    @Test("A reference to a step that stands for nothing is wrong, and so is a literal in its place")
    func wrongReferences() {
        let gold: [JSONObject] = [[:], ["a": "$var1.id$"]]
        for answer in ["$var9.id$", "id", "$unknown$"] as [JSONValue] {
            let accuracy = ArgumentAccuracy([[:], ["a": answer]], gold: gold, correspondence: inOrder)
            #expect(accuracy.references.right == 0)
            #expect(accuracy.referencedSteps.right == 0)
        }
    }

    @Test("Missing steps and arguments are wrong, surplus arguments are nothing")
    func missing() {
        let gold: [JSONObject] = [["a": 1], ["b": 2]]
        let accuracy = ArgumentAccuracy([["a": 1, "z": 9], nil], gold: gold, correspondence: inOrder)
        #expect((accuracy.literals.right, accuracy.literals.total) == (1, 2))
        #expect(accuracy.references.value == nil)
        let empty = StepCorrespondence(predictedTools: [], goldTools: ["A", "B"], goldStepCount: 2)
        #expect(ArgumentAccuracy([], gold: gold, correspondence: empty).literals.value == 0)
    }
}
