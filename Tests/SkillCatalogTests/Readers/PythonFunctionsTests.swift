import Testing

@testable import SkillCatalog

@Suite("Functions at the top level of a Python file are found")
struct PythonFunctionsTests {
    @Test(
        "Definitions at the start of a line count",
        arguments: [
            ("def a(): pass", ["a"]), ("async def a(x):\n    pass\ndef b2 (y):\r\n", ["a", "b2"]),
            ("async\tdef   _a_(", ["_a_"]), ("def a[T](x: T) -> T:", ["a"]), ("def größe(x):", ["größe"]),
            ("    def method(self):", []), ("# def a():", []), ("define(a)", []), ("defa()", []), ("def a", []),
            ("def (x)", []),
            ("asyncdef a():", []), ("async a():", []),
            ("class A:\n    def b(self): ...\n\ndef c():\n    def d(): ...\n", ["c"]),
            ("def\u{301} a():", []), ("", []),
        ] as [(String, Set<String>)]
    )
    func names(source: String, names: Set<String>) {
        #expect(PythonFunctions(source: source).names == names)
    }
}
