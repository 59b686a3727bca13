import JSONSchema
import ModelContextProtocol
import TestSupport
import Testing

@Suite("Published examples of the protocol")
struct PublishedExampleTests {
    @Test(
        "Every example is written as it was read",
        .enabled(if: SharedData.path(PublishedExample.folder) != nil, SharedData.absence),
        arguments: PublishedExample.all
    )
    func roundTrip(_ example: PublishedExample) throws {
        let reader = try #require(
            ExampleReader.of(example.definition),
            "there is no reader of \(example.definition)"
        )
        let written = try reader.written(example)
        let read = try example.json()
        #expect(written.isSame(as: read), "\(written.serialized()) is not \(read.serialized())")
    }

    @Test(
        "There are as many examples as were published",
        .enabled(if: SharedData.path(PublishedExample.folder) != nil, SharedData.absence)
    )
    func count() {
        #expect(PublishedExample.all.count == 129)
    }
}
