import TestSupport
import Testing

@testable import SkillRetrieval

@Suite("Values that were used lately")
struct RecentValuesTests {
    @Test("are all known while they fit")
    func all() {
        var values = RecentValues<Int, String>(bytes: 1_000)
        for key in 0..<50 { values.keep("\(key)", of: key, bytes: 10) }
        #expect((0..<50).map { values.value(of: $0) } == (0..<50).map { "\($0)" })
        #expect(values.value(of: 50) == nil)
    }

    @Test("are forgotten in the end where nobody asks for them, and stay where somebody does")
    func bound() {
        var values = RecentValues<Int, Int>(bytes: 1_000)
        values.keep(-1, of: -1, bytes: 10)
        for key in 0..<10_000 {
            values.keep(key, of: key, bytes: 10)
            #expect(values.count <= 100)
            if key % 20 == 0 { #expect(values.value(of: -1) == -1) }
        }
        #expect(values.value(of: 0) == nil)
        #expect(values.value(of: 9_999) == 9_999)
    }

    @Test("take the place of what was known of the same key")
    func again() {
        var values = RecentValues<Int, Int>(bytes: 1_000)
        for round in 0..<1_000 {
            values.keep(round, of: round % 3, bytes: 100)
            #expect(values.value(of: round % 3) == round)
            #expect(values.count <= 3)
        }
    }

    @Test("are not kept where one alone takes too much")
    func tooLarge() {
        var values = RecentValues<Int, Int>(bytes: 1_000)
        values.keep(1, of: 1, bytes: 10)
        values.keep(2, of: 2, bytes: 501)
        #expect(values.value(of: 1) == 1)
        #expect(values.value(of: 2) == nil)
    }
}

@Suite("The memory of a library")
struct LibraryMemoryTests {
    @Test("asks for what it does not know, once, and remembers what is not there")
    func once() async throws {
        let memory = LibraryMemory.Part<Int, String>(bytes: 10_000)
        var asked: [[Int]] = []
        func values(_ keys: [Int]) async throws -> [Int: String] {
            try await memory.values(of: keys) {
                $0.utf8.count
            } read: { missing in
                asked.append(missing)
                return Dictionary(uniqueKeysWithValues: missing.filter { $0 < 5 }.map { ($0, "value \($0)") })
            }
        }
        let first = try await values([1, 7])
        let second = try await values([7, 2, 1])
        let third = try await values([1, 2, 7])
        #expect(first == [1: "value 1"])
        #expect(second == [1: "value 1", 2: "value 2"])
        #expect(third == second)
        #expect(asked == [[1, 7], [2]])
    }

    @Test("keeps nothing of a reading that failed")
    func failure() async throws {
        let memory = LibraryMemory.Part<Int, String>(bytes: 10_000)
        await #expect(throws: VectorIndexError.self) {
            _ = try await memory.values(of: [1], size: { _ in 1 }) { _ in throw VectorIndexError("unreadable") }
        }
        let after = try await memory.values(of: [1], size: { _ in 1 }) { _ in [1: "there"] }
        #expect(after == [1: "there"])
    }
}
