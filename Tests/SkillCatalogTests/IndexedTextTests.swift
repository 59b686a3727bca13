import SkillCatalog
import Testing

@Suite("Search sees the right words, and no labels")
struct IndexedTextTests {
    private let skill = Skill(
        id: "id",
        name: "chart-gen",
        description: "Draws charts.",
        document: "# Rules\n\nUse SVG.",
        tools: [Tool(name: "bar_chart", description: "Draws bars."), Tool(name: "pie-chart", description: "")],
        category: "LABEL",
        tags: ["TAG"],
        url: "https://URL",
        metadata: ["k": "META"],
        origin: SkillOrigin(source: "SOURCE", file: "FILE")
    )

    @Test("Name, description, tools, document, in this order")
    func order() {
        #expect(skill.indexedText == "chart-gen\nDraws charts.\nbar_chart: Draws bars.\npie-chart\n# Rules\n\nUse SVG.")
    }

    @Test("What is empty leaves no trace")
    func empty() {
        var bare = skill
        bare.description = ""
        bare.tools = []
        bare.document = ""
        #expect(bare.indexedText == "chart-gen")
    }

    @Test("Category, tags, address, metadata and origin are never part of it")
    func labels() {
        for label in ["LABEL", "TAG", "URL", "META", "SOURCE", "FILE"] {
            #expect(!skill.indexedText.contains(label))
            #expect(!skill.indexedText(of: skill.tools[0]).contains(label))
        }
    }

    @Test("A tool is seen by its name in words, its description and its skill")
    func tools() {
        #expect(skill.indexedText(of: skill.tools[0]) == "bar chart: Draws bars.\nchart-gen")
        #expect(skill.indexedText(of: skill.tools[1]) == "pie chart\nchart-gen")
    }
}
