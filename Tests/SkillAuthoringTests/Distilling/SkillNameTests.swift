import Testing

@testable import SkillAuthoring

@Suite("Names of skills nobody named")
struct SkillNameTests {
    @Test(
        "are the first words that say something, and always valid",
        arguments: [
            ("Download the dataset, transform it and create a visual report", "download-dataset-transform-create"),
            ("Please, the of it", "run-20260501abc"), ("", "run-20260501abc"), ("技能 を 作る", "run-20260501abc"),
            ("../../etc/passwd", "etc-passwd"), ("\u{1B}[2J ALERT", "j-alert"),
        ]
    )
    func made(_ request: String, _ name: String) throws {
        let made = SkillName.made(of: request, run: "20260501-abc")
        #expect(made == name)
        try SkillScaffold.check(made)
    }
}
