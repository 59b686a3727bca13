import SkillRetrieval
import TestSupport
import Testing

@testable import PlanComposition

@Suite("A plan as a drawing")
struct PlanDrawingTests {
    static let hostileTexts = [
        "\"]; n1 [label=\"x\"", "<script>alert(1)</script>", "a --> b", "end", "%%{init: {'theme': 'x'}}%%", "`md`",
        "**bold** _it_", "back\\slash\\n", "line\nbreak\r\n\ttab", "}}}]]])))", "#quot; &quot; &#60;",
        "\0\u{1}\u{FFFE}",
        "\u{202E}rtl", "日本語 👩‍👩‍👧", "", "<b>", "</font>", "-->", "<!--", "]]>", "; drop", "subgraph x", "a|b", "{a}",
    ]

    private func hostile(_ text: String) -> Plan {
        var plan = Samples.plan(["s1": [], "s2": ["s1"]])
        plan.steps[0].subtask.text = text
        plan.steps[0].skill = text
        plan.steps[1].skill = nil
        plan.steps[1].reasons = ["s1": EdgeReason(.order, cue: text)]
        return plan
    }

    @Test("in Mermaid has a box a step and an arrow an edge")
    func mermaid() {
        var plan = Samples.plan(["s1": [], "s2": ["s1"], "s3": ["s1"]])
        plan.steps[1].reasons = ["s1": EdgeReason(.order, cue: "then")]
        plan.steps[2].skill = nil
        #expect(
            plan.mermaid == """
                flowchart TD
                    n0["<b>x</b><br/>do s1"]
                    n1["<b>x</b><br/>do s2"]
                    n2["<b>no skill fits</b><br/>do s3"]
                    n0 -.-> n1
                    n0 --> n2
                    classDef abstained stroke-dasharray: 5 5
                    class n2 abstained

                """
        )
    }

    @Test("in Mermaid keeps hostile text inside its box", arguments: hostileTexts)
    func hostileMermaid(text: String) {
        let lines = hostile(text).mermaid.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 7)
        let label = lines[1].dropFirst("    n0[\"<b>".count).dropLast("\"]".count)
        #expect(lines[1].hasPrefix("    n0[\"<b>") && lines[1].hasSuffix("\"]"))
        let inside = label.replacing("</b><br/>", with: "", maxReplacements: 1)
        #expect(!inside.contains { "\"<>[]{}|%`\\&".contains($0) }, "\(inside)")
    }

    @Test("in DOT keeps hostile text inside its box", arguments: hostileTexts)
    func hostileDOT(text: String) {
        let lines = hostile(text).dot.split(separator: "\n")
        #expect(lines.count == 8)
        #expect(lines[4].hasPrefix("    n0 [label=<<b>") && lines[4].hasSuffix(">]"))
        #expect(lines[6].hasPrefix("    n0 -> n1 [style=dotted, tooltip=\"") && lines[6].hasSuffix("\"]"))
    }

    @Test("in SVG has every step and edge", .enabled(if: Graphviz.isInstalled, Graphviz.absence))
    func svg() async throws {
        let svg = try await Samples.example.svg()
        #expect(svg.contains("<svg"))
        #expect(svg.ranges(of: "class=\"node\"").count == 3)
        #expect(svg.ranges(of: "class=\"edge\"").count == 2)
        #expect(svg.contains("create a visual report"))
    }

    @Test("in SVG survives hostile text", .enabled(if: Graphviz.isInstalled, Graphviz.absence), arguments: hostileTexts)
    func hostileSVG(text: String) async throws {
        let svg = try await hostile(text).svg()
        #expect(svg.ranges(of: "class=\"node\"").count == 2)
        #expect(svg.ranges(of: "class=\"edge\"").count == 1)
        #expect(!svg.contains("<script"))
    }

    @Test("in SVG says what is missing without Graphviz")
    func missingProgram() async {
        await #expect(throws: PlanDrawingError.programMissing("no-such-dot")) {
            try await Samples.example.svg(program: "no-such-dot")
        }
        #expect("\(PlanDrawingError.programMissing("dot"))".contains("apt-get install graphviz"))
    }

    @Test("in SVG says how the program failed")
    func failingProgram() async {
        await #expect(throws: PlanDrawingError.failed("false ended with status 1")) {
            try await Samples.example.svg(program: "false")
        }
    }
}

/// Whether drawings can be made here.
enum Graphviz {
    static let absence: Comment = "needs Graphviz (dot)"
    static let isInstalled = InstalledProgram.exists("dot")
}
