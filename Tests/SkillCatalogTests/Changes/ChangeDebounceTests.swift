import Testing

@testable import SkillCatalog

@Suite("Many changes become one")
struct ChangeDebounceTests {
    private let pace = WatchPace(quiet: .milliseconds(200), longest: .milliseconds(1_000))

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// When something happened, in milliseconds.
        var happened: [Int]
        /// When the change is told, looking every 50 ms.
        var told: [Int]
    }

    @Test(
        "when it was quiet, or has not been quiet for too long",
        arguments: [
            Case(testDescription: "nothing", happened: [], told: []),
            Case(testDescription: "one", happened: [100], told: [300]),
            Case(testDescription: "a burst", happened: [100, 150, 200, 250], told: [450]),
            Case(testDescription: "two far apart", happened: [0, 600], told: [200, 800]),
            Case(
                testDescription: "no end",
                happened: Array(stride(from: 0, through: 1_500, by: 100)),
                told: [1_000, 1_700]
            ),
        ]
    )
    func debounce(_ example: Case) {
        var debounce = ChangeDebounce(pace)
        var told: [Int] = []
        for now in stride(from: 0, through: 2_500, by: 50) {
            if example.happened.contains(now) { debounce.note(at: .milliseconds(now)) }
            if debounce.takeIfDue(at: .milliseconds(now)) { told.append(now) }
        }
        #expect(told == example.told)
        #expect(debounce.deadline == nil)
    }
}
