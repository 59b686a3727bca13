import Storage
import TestSupport
import Testing

@Suite("Reconnecting")
struct ReconnectPolicyTests {
    @Test("waits longer each time, never beyond the bound, and ends")
    func delays() {
        let policy = ReconnectPolicy()
        var random = SeededGenerator(seed: 7)
        let delays = (1...policy.attempts).map { policy.delay(afterAttempt: $0, using: &random) }
        #expect(delays.first == .zero)
        #expect(delays.last == .some(nil))
        let waits = delays.compactMap(\.self)
        #expect(waits.count == policy.attempts - 1)
        #expect(waits.allSatisfy { $0 <= policy.longestDelay })
        // A server that restarts in four seconds is waited for.
        #expect(waits.reduce(.zero, +) > .seconds(4))
    }

    @Test("gives up soon where no connection was ever made")
    func wrongAddress() {
        var random = SeededGenerator(seed: 7)
        let policy = ReconnectPolicy()
        let delays = (1...4).map { policy.delay(afterAttempt: $0, wasConnected: false, using: &random) }
        #expect(delays == [.zero, nil, nil, nil])
    }

    @Test(
        "An address never shows its password, however it is printed",
        arguments: [
            "postgres://me:hush@host/db", "postgres://host/db?user=me&password=hush",
            "postgresql://me:hush@a,b:5433/db",
            "postgres://me:hu?sh@host/db", "postgres://me:hush%20@host/db?sslmode=require",
        ]
    )
    func secrets(_ text: String) throws {
        let address = try PostgreSQLAddress(text)
        var dumped = ""
        dump(address, to: &dumped)
        let error = StorageError(.other, file: "\(address)", address.redacting("could not use \(text)"))
        for shown in ["\(address)", String(reflecting: address), "\([address])", dumped, "\(error)"] {
            #expect(!shown.contains("hush"), "\(shown)")
            #expect(!shown.contains("hu?sh"), "\(shown)")
        }
    }
}
