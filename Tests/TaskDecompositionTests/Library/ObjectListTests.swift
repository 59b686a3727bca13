import Testing

@testable import TaskDecomposition

@Suite("Lists of objects under one verb")
struct ObjectListTests {
    @Test(
        "are told apart, each with the verb",
        arguments: [
            ("search flights and hotels", ["search flights", "search hotels"]),
            ("search for flights and hotels in Rome", ["search for flights", "search for hotels in Rome"]),
            ("find a flight to Oslo and a rental car", ["find a flight to Oslo", "find a rental car"]),
            (
                "get the weather, the traffic and the news",
                ["get the weather", "get the traffic", "get the news"]
            ),
            ("a flight to Rome and a hotel", ["a flight to Rome", "a hotel"]),
            ("tell me the stock price and the latest news", ["tell me the stock price", "tell me the latest news"]),
        ]
    )
    func lists(text: String, parts: [String]) throws {
        #expect(try #require(ObjectList(of: text)).parts == parts)
    }

    @Test(
        "are not seen where there is one object, values, or an act on all at once",
        arguments: [
            "search flights", "translate Rome and Paris", "compare flights and hotels", "add 3 and 5",
            "send it to Anna and Bob", "generate images of cats and dogs and birds and fish and mice",
            "find the distance between Rome and Paris", "merge the file and the folder", "", "and", "read and write",
            "write a poem about love and loss and what remains of us when everything is gone",
            "das Wetter und die Zeit", "calculate the force with a mass of 37 kg and an acceleration of 14",
            "calculate the pace based on the distance and time of the route", "book a room for two adults and 1 child",
            "download a.csv and b.csv", "plot the data and send it",
        ]
    )
    func none(text: String) {
        #expect(ObjectList(of: text) == nil, "\(ObjectList(of: text)?.parts ?? [])")
    }

    @Test("point at their words in the request, the verb with the first")
    func spans() throws {
        let request = "Please search flights and hotels today"
        let list = try #require(ObjectList(of: "search flights and hotels today"))
        let bytes = Array(request.utf8)
        let words = list.spans(within: 7..<38, of: request).map {
            $0.map { String(decoding: bytes[$0], as: UTF8.self) }
        }
        #expect(words == ["search flights", "hotels today"])
    }

    @Test("point nowhere when the whole does not")
    func noSpan() throws {
        let list = try #require(ObjectList(of: "search flights and hotels"))
        #expect(list.spans(within: nil, of: "x") == [nil, nil])
        #expect(list.spans(within: 0..<99, of: "x") == [nil, nil])
    }
}
