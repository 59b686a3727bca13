import JSONSchema
import LanguageModels
import SkillCatalog
import Testing

@testable import PlanComposition

@Suite("Binding by a language model")
struct ModelBinderTests {
    private func bound(_ reply: String, _ plan: Plan = Samples.example) async throws -> Plan {
        let model = ScriptedChatModel(replies: [.text(reply)])
        return try await ModelBinder(model: model).bind(plan, skills: Samples.library)
    }

    @Test("fills in what the words left open, with one call for the whole plan")
    func fills() async throws {
        let model = ScriptedChatModel(replies: [
            .text(
                #"{"steps": [{"id": "s3", "arguments": {"title": "Sales", "csv_path": {"$from": "s2", "path": "/path"}}}]}"#
            )
        ])
        let plan = try await ModelBinder(model: model).bind(Samples.example, skills: Samples.library)
        #expect(plan.questions.isEmpty)
        #expect(plan.step("s3")?.arguments == ["csv_path": ["$from": "s2", "path": "/path"], "title": "Sales"])
        #expect(plan.binding?.model == "scripted" && plan.binding?.remark == nil && plan.binding?.call != nil)
        #expect(PlanValidator(skills: Samples.library).validate(plan).isEmpty)
        let requests = await model.requests
        #expect(requests.count == 1)
        let prompt = try #require(requests.first?.messages.last?.content)
        #expect(prompt.contains("title (string, required): Heading") && prompt.contains("s2 has returned: /path"))
        let read = try Plan(json: plan.json)
        #expect(read.binding?.model == "scripted" && read.json == plan.json)
    }

    @Test(
        "leaves the local binding where the reply does not hold, and says so",
        arguments: [
            ("I cannot do that.", "no arguments"),
            (#"{"steps": [{"id": "s9", "arguments": {}}]}"#, "s9"),
            (#"{"steps": [{"id": "s3", "arguments": {"colour": "red"}}]}"#, "no such argument"),
            (#"{"steps": [{"id": "s3", "arguments": {"title": 5}}]}"#, "s3.title"),
            (#"{"steps": [{"id": "s1", "arguments": {"url": {"$from": "s3", "path": ""}}}]}"#, "does not wait"),
            (
                #"{"steps": [{"id": "s2", "arguments": {"path": {"$from": "s1", "path": "/nowhere"}}}]}"#,
                "nothing at that place"
            ),
            (#"{"steps": [{"id": "s2", "arguments": {"path": {"$item": ""}}}]}"#, "no element"),
            (#"{"steps": [{"id": "s2"}]}"#, "no step with arguments"),
        ]
    )
    func refuses(reply: String, remark: String) async throws {
        var plan = try await bound(reply)
        #expect(plan.binding?.remark?.contains(remark) == true)
        plan.binding = nil
        #expect(plan == Samples.example)
    }

    @Test("leaves the local binding where the model fails")
    func failure() async throws {
        let model = ScriptedChatModel(replies: [])
        let plan = try await ModelBinder(model: model).bind(Samples.example, skills: Samples.library)
        #expect(plan.binding?.call == nil && plan.binding?.remark != nil)
        #expect(plan.steps == Samples.example.steps)
    }
}
