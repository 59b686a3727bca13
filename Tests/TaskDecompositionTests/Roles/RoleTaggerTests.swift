import Testing

@testable import TaskDecomposition

@Suite("Segment roles")
struct RoleTaggerTests {
    private func tagged(_ request: String) -> [Segment] {
        var split = FineSplit.split(request)
        RoleTagger.tag(&split)
        return split.segments
    }

    @Test(
        "a segment's words and neighbours give its role",
        arguments: [
            ("print it, save it and delete it", [SegmentRole.action, .action, .action]),
            ("search flights, hotels and cars", [.action, .continuation, .continuation]),
            ("compute the sum, average sales per day", [.action, .continuation]),
            ("check the order, track delivery status", [.action, .action]),
            ("get a movie with title 'A' and release year 2010", [.action, .continuation]),
            ("I live in Rome. Book a hotel.", [.context, .action]),
            ("Book a hotel. The price is low.", [.action, .parameter]),
            ("Book a hotel. I live in Rome.", [.action, .context]),
            ("Book a hotel. Use my card.", [.action, .parameter]),
            ("Use my card.", [.action]),
            ("Open the door with my card and use it to start the car", [.action, .action]),
            ("Find the file, which is old, and delete it", [.action, .continuation, .action]),
            ("If it rains, send me an email", [.parameter, .action]),
            ("Once the run is over, print it", [.context, .action]),
            ("In order to learn Swift, find a course", [.parameter, .action]),
            ("Show the map, and what is the time", [.action, .action]),
            ("I need help with two things: print it and save it", [.announcement, .action, .action]),
            ("I need to fix my router. First, restart it.", [.announcement, .action]),
            ("I need some advice. Additionally, print it.", [.action, .action]),
            ("Print it. Thank you!", [.action, .context]),
            ("The event should start in May and target families. Print it.", [.context, .continuation, .action]),
            ("inquire and inform me of the price", [.action, .continuation]),
            ("inquire and book a ticket", [.action, .action]),
            ("Grades: A, B", [.continuation, .continuation, .continuation]),
            ("Go out on March 5, march on the capital", [.action, .continuation]),
        ]
    )
    func roles(request: String, roles: [SegmentRole]) {
        #expect(tagged(request).map(\.role) == roles)
    }

    @Test(
        "cues say why",
        arguments: [
            ("Could you please print it", SegmentCues.requested), ("please print it", .polite),
            ("I need a hotel", .desire),
            ("I want to leave", .wish), ("first, print it", .first), ("then print it", .sequenced),
            ("also print it", .additive),
            ("print it", .objectFollows), ("compute", .bareVerb), ("is it late", .question),
            ("unless it rains", .conditional),
            ("when it rains", .temporal), ("the sky is blue", .statement), ("use salt", .setting),
            ("show it", .delivery),
            ("I need your help", .announces), ("open 'a'", .literal), ("thank you", .filler),
            ("I'm going to leave", .intention),
            ("frobnicate the data", .unknownFirst), ("compute it", .verbFirst), ("book it", .nounVerbFirst),
            ("sending it", .gerundFirst), ("because it rains", .subordinate),
        ]
    )
    func cues(request: String, cue: SegmentCues) {
        #expect(tagged(request).first?.cues.contains(cue) == true)
    }

    @Test("confidence lies between 0 and 1 for whatever is tagged", arguments: 1...4)
    func confidence(seed: Int) {
        var generator = RequestGenerator(seed: UInt64(seed) + 200)
        for _ in 0..<50 {
            let request = generator.request()
            #expect(tagged(request).allSatisfy { 0...1 ~= $0.confidence }, "\(request.debugDescription)")
        }
    }
}
