import Testing

@testable import PlanComposition

@Suite("The names of time zones")
struct TimeZoneNamesTests {
    private let names = TimeZoneNames(
        database: [
            "# version x", "R d 1916 o - Jun 14 23s 1 S", "Z Asia/Tokyo 9:18:59 - LMT 1887", "L Asia/Tokyo Japan",
            "Z America/New_York -4:56:2 - LMT", "Z America/Indiana/Indianapolis -5:44:38 - LMT",
            "L America/Indiana/Indianapolis America/Indianapolis", "Z America/Rio 1 - LMT", "Z Europe/Rio 1 - LMT",
            "Z Europe/Berlin 0:53:28 - LMT", "Z Europe/Busingen 0:34:8 - LMT", "Z Etc/UTC 0 - UTC", "L Etc/UTC UTC",
        ],
        countries: ["# countries", "DE\tGermany", "JP\tJapan", "US\tUnited States"],
        places: [
            "DE\t+5230+01322\tEurope/Berlin\tmost of Germany", "DE\t+4742+00841\tEurope/Busingen\tBusingen",
            "JP\t+353916+1394441\tAsia/Tokyo", "US\t+404251-0740023\tAmerica/New_York\tEastern (most areas)",
            "US\t+394606-0860929\tAmerica/Indiana/Indianapolis\tEastern - IN (most areas)",
        ]
    )

    @Test(
        "lead from cities, countries and identifiers to a zone",
        arguments: [
            ("tokyo", "Asia/Tokyo"), ("New York", "America/New_York"), ("america/new_york", "America/New_York"),
            ("Japan", "Asia/Tokyo"), ("Germany", "Europe/Berlin"), ("UTC", "UTC"),
            ("Indianapolis", "America/Indiana/Indianapolis"),
        ]
    )
    func found(_ name: String, _ zone: String) { #expect(names.zone(name) == zone) }

    @Test("lead nowhere where they name several zones or none", arguments: ["Rio", "United States", "Springfield", ""])
    func open(_ name: String) { #expect(names.zone(name) == nil) }

    @Test("lead nowhere on a system without the database")
    func missing() { #expect(TimeZoneNames(folder: "/nonexistent").zone("Tokyo") == nil) }
}
