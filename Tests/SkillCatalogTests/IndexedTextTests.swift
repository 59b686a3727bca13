import SkillCatalog
import Testing

@Suite("Search sees the right words, and no labels")
struct IndexedTextTests {
    private let skill = Skill(
        id: "id",
        name: "acme/chart-gen-mcp",
        description: "Draws charts.",
        document: "# Rules\n\nUse SVG.",
        tools: [Tool(name: "barChart", description: "Draws bars."), Tool(name: "pie-chart", description: "")],
        category: "LABEL",
        tags: ["TAG"],
        url: "https://URL",
        metadata: ["k": "META"],
        origin: SkillOrigin(source: "SOURCE", file: "FILE")
    )

    @Test("a skill is its name in words and its description; tools and document are details")
    func skillText() {
        let text = skill.indexedText
        #expect(text.name == "chart gen")
        #expect(text.sentence == "chart gen: Draws charts.")
        #expect(text.details == "bar chart: Draws bars.\npie chart\n# Rules\n\nUse SVG.")
    }

    @Test("a tool is its name in words and its description; its skill is a detail")
    func toolText() {
        let texts = skill.indexedTools.map(skill.indexedText)
        #expect(texts.map(\.sentence) == ["bar chart: Draws bars.", "pie chart"])
        #expect(texts.map(\.details) == ["chart gen", "chart gen"])
    }

    @Test("a skill that is one function has no second text that says the same")
    func onlyTool() {
        var function = skill
        function.document = ""
        function.tools = [Tool(name: "call_chart", description: "Draws charts.")]
        #expect(function.indexedTools.isEmpty)
        #expect(function.indexedText.details == "")
    }

    @Test("what is empty leaves no trace")
    func empty() {
        var bare = skill
        bare.description = ""
        bare.tools = []
        bare.document = ""
        #expect(bare.indexedText == IndexedText(name: "chart gen", description: "", details: ""))
        #expect(bare.indexedText.sentence == "chart gen")
    }

    @Test("category, tags, address, metadata and origin are never part of it")
    func labels() {
        for text in [skill.indexedText] + skill.tools.map(skill.indexedText) {
            for label in ["LABEL", "TAG", "URL", "META", "SOURCE", "FILE"] {
                #expect(!"\(text)".contains(label))
            }
        }
    }
}
