import JSONSchema
import SkillEvaluation
import Testing

@Suite("References to outputs")
struct OutputReferenceTests {
    @Test(
        "References are found wherever they stand",
        arguments: [
            ("$var1.price$", [OutputReference(step: 0, field: "price")]),
            ("$var12$", [OutputReference(step: 11, field: nil)]),
            ("Total: $var1.a$ and $var2.b[0]$!", [.init(step: 0, field: "a"), .init(step: 1, field: "b[0]")]),
            (["x", ["y": "$var3.z$"]], [OutputReference(step: 2, field: "z")]),
            ("costs $5 or $var1.x$", [OutputReference(step: 0, field: "x")]),
            ("$var1.x$$var2.y$", [.init(step: 0, field: "x"), .init(step: 1, field: "y")]),
        ] as [(JSONValue, [OutputReference])]
    )
    func found(value: JSONValue, expected: [OutputReference]) {
        #expect(OutputReference.all(in: value) == expected)
    }

    @Test(
        "What only looks like a reference is text",
        arguments: ["$var0.x$", "$var.x$", "$var1.$", "$var1x$", "var1.x", "$var1.x", "$", "$$", "", "$variable$"]
    )
    func notFound(text: String) {
        #expect(OutputReference.all(in: .string(text)).isEmpty)
    }

    @Test("A number too large for a step is text", arguments: ["$var99999999999999999999.x$"])
    func overflow(text: String) {
        #expect(OutputReference.all(in: .string(text)).isEmpty)
    }

    @Test("The notation names the step from one")
    func notation() {
        #expect(OutputReference(step: 1, field: "a.b").notation == "$var2.a.b$")
        #expect(OutputReference(step: 0, field: nil).notation == "$var1$")
    }
}
