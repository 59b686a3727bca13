import JSONSchema
import SkillCatalog
import Testing

@Suite("Plain scalars follow the core schema of YAML 1.2")
struct YAMLScalarTests {
    @Test(
        "Each text has its type",
        arguments: [
            ("null", nil), ("Null", nil), ("NULL", nil), ("~", nil), ("nULL", "nULL"),
            ("true", true), ("True", true), ("TRUE", true), ("tRUE", "tRUE"), ("yes", "yes"), ("on", "on"), ("y", "y"),
            ("false", false), ("False", false), ("FALSE", false), ("no", "no"), ("Off", "Off"),
            ("0", 0), ("-0", 0), ("+7", 7), ("-12", -12), ("007", 7), ("1_000", "1_000"), ("12:30", "12:30"),
            ("0o14", 12), ("0x1F", 31), ("0xdeadBEEF", 3_735_928_559), ("0o8", "0o8"), ("0x", "0x"), ("0x-1", "0x-1"),
            ("-0x1", "-0x1"), ("0b1", "0b1"),
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("+9223372036854775807", .integer(.max)),
            ("1.5", 1.5), ("-1.5", -1.5), ("+1.5", 1.5), (".5", 0.5), ("5.", 5.0), ("1e3", 1000.0), ("1E-2", 0.01),
            ("1.e1", 10.0), (".", "."), ("+", "+"), ("-", "-"), ("e5", "e5"), (".e5", ".e5"), ("1e", "1e"),
            ("1e+", "1e+"),
            ("1.2.3", "1.2.3"), ("1.0.0", "1.0.0"), ("2026-05-02", "2026-05-02"), ("1 2", "1 2"), ("1a", "1a"),
            (".inf", ".inf"), ("-.Inf", "-.Inf"), (".nan", ".nan"), ("inf", "inf"), ("nan", "nan"), ("1e999", "1e999"),
            ("0x1p4", "0x1p4"), ("infinity", "infinity"), ("١", "١"),
        ] as [(String, JSONValue)]
    )
    func types(text: String, value: JSONValue) throws {
        // A sequence, because a lone `-` would be one.
        #expect(try YAMLReader.read("[a, \(text == "-" ? "'-'" : text)]").root.json == ["a", value])
    }
}
