import SkillService
import Testing

@Suite("Moments as RFC 3339 writes them")
struct UTCTimeTests {
    @Test(
        "are written and read",
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (1_795_311_187, "2026-11-22T01:33:07Z"), (951_782_400, "2000-02-29T00:00:00Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"),
        ] as [(Int64, String)]
    )
    func both(seconds: Int64, text: String) {
        #expect(UTCTime(seconds).description == text)
        #expect(UTCTime(text) == UTCTime(seconds))
    }

    @Test(
        "and nothing else is read",
        arguments: [
            "", "2026-11-22", "2026-11-22T01:33:07", "2026-02-30T00:00:00Z", "2026-11-22T24:00:00Z",
            "2026-11-22 01:33:07Z", "2026-11-22T01:33:07+01:00", "+026-11-22T01:33:07Z", "2026-13-01T00:00:00Z",
        ]
    )
    func refused(text: String) { #expect(UTCTime(text) == nil) }
}
