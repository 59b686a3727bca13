/// Guesses what goes in and what comes out from a description such as "Convert HTML pages to Markdown".
///
/// For skills that declare nothing. The guess is weak and is treated as weak: it names types, never parameters.
struct DescribedPorts: Sendable {
    private(set) var inputs: [IOPort] = []
    private(set) var outputs: [IOPort] = []

    /// Words of a description that are looked at; lists of features after that say little.
    private static let maximumWords = 60

    init(_ text: String) {
        var direction: Direction?
        var distance = 0
        for word in IdentifierWords.split(String(text.prefix(1_000))).prefix(Self.maximumWords) {
            if let verb = Self.verbs[WordStem.of(word)] {
                direction = verb.object
                distance = 0
                if let type = verb.consumes { add(type, .in) }
                if let type = verb.produces { add(type, .out) }
            } else if let turned = Self.prepositions[word] {
                // "from HTML" turns the direction only for a while; "to" and "into" start the other side.
                direction = turned
                distance = 0
            } else if let type = IOTypeLexicon.type(ofWord: word), Self.isTelling(type), let direction, distance < 5 {
                add(type, direction)
            }
            distance += 1
        }
    }

    private enum Direction { case `in`, out }

    private mutating func add(_ type: IOType, _ direction: Direction) {
        let port = IOPort(name: "", type: type)
        switch direction {
        case .in: if !inputs.contains(port) { inputs.append(port) }
        case .out: if !outputs.contains(port) { outputs.append(port) }
        }
    }

    /// Everything is text or has an identifier; such words tell nothing in a description.
    private static func isTelling(_ type: IOType) -> Bool {
        switch type {
        case .markdown, .html, .xml, .json, .yaml, .code, .sql, .document, .pdf, .presentation, .image, .svg, .chart,
            .audio, .video, .archive, .table, .csv, .spreadsheet, .place, .coordinates:
            true
        default: false
        }
    }

    private struct Verb {
        var object: Direction
        var consumes: IOType?
        var produces: IOType?
    }

    private static let prepositions: [String: Direction] = [
        "from": .in, "to": .out, "into": .out, "as": .out, "returns": .out, "returning": .out, "with": .in,
    ]

    private static let verbs: [String: Verb] = {
        var table: [String: Verb] = [:]
        func enter(_ words: String, _ verb: Verb) {
            for word in words.split(separator: " ") { table[WordStem.of(String(word))] = verb }
        }
        enter(
            "generate create render produce export build make draw compose write draft record capture take",
            Verb(object: .out)
        )
        enter("fetch download scrape crawl retrieve get find search query list extract", Verb(object: .out))
        enter(
            "parse read load import convert process clean transform analyze edit resize compress filter validate upload",
            Verb(object: .in)
        )
        enter("send post publish share index embed classify detect count sort merge join aggregate", Verb(object: .in))
        enter("transcribe", Verb(object: .in, consumes: .audio, produces: .text))
        enter("translate summarize", Verb(object: .in, consumes: .text, produces: .text))
        enter("ocr", Verb(object: .in, consumes: .image, produces: .text))
        enter("plot visualize chart", Verb(object: .in, consumes: .table, produces: .chart))
        enter("screenshot", Verb(object: .in, produces: .image))
        enter("geocode", Verb(object: .in, consumes: .place, produces: .coordinates))
        enter("synthesize narrate", Verb(object: .in, consumes: .text, produces: .audio))
        return table
    }()
}
