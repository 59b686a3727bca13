/// Which words and formats tell what a value is.
package enum IOTypeLexicon {
    /// What is known about one value.
    package struct Guess: Sendable, Hashable {
        package var type: IOType?
        package var carrier: IOCarrier = .value
    }

    /// The type of one parameter or result, from the strongest evidence to the weakest: the format, the media type, the
    /// name from its last word back, the description, the JSON type.
    package static func type(
        name: String,
        description: String,
        schemaType: String?,
        format: String? = nil,
        mediaType: String? = nil
    ) -> Guess {
        let nameWords = IdentifierWords.split(name)
        let descriptionWords = IdentifierWords.split(description)
        var guess = Guess()
        if schemaType == nil || schemaType == "string" {
            guess.carrier = carrier(nameWords: nameWords, descriptionWords: descriptionWords, format: format)
        }
        guess.type =
            format.flatMap { formats[$0] } ?? mediaType.flatMap(type(ofMedium:))
            ?? type(ofName: nameWords, schemaType: schemaType)
            ?? (nameWords.last.map(describingWords.contains) ?? false
                ? nil : type(ofDescription: descriptionWords, schemaType: schemaType))
            ?? schemaType.flatMap { fallback[$0] }
        // A file's path is text only by accident.
        if guess.carrier != .value, guess.type == .text { guess.type = nil }
        return guess
    }

    /// The type a single word names, for example `csv` or `photo`.
    package static func type(ofWord word: String) -> IOType? { words[word] ?? words[WordStem.of(word)] }

    private static func carrier(nameWords: [String], descriptionWords: [String], format: String?) -> IOCarrier {
        if let format, ["uri", "url", "uri-reference", "iri"].contains(format) { return .url }
        if nameWords.contains(where: urlWords.contains) { return .url }
        if nameWords.contains(where: pathWords.contains) { return .path }
        if nameWords.last == "file" || nameWords.last == "files" { return .path }
        if descriptionWords.prefix(8).contains(where: urlWords.contains) { return .url }
        let opening = descriptionWords.prefix(6)
        return opening.contains("path") || opening.contains("filename") ? .path : .value
    }

    private static func type(ofMedium mediaType: String) -> IOType? {
        if let known = mediaTypes[mediaType] { return known }
        return ["image": .image, "audio": .audio, "video": .video, "text": .text][mediaType.prefix { $0 != "/" }]
    }

    private static func type(ofName words: [String], schemaType: String?) -> IOType? {
        words.reversed().lazy.compactMap { type(ofWord: $0) }.first { isPossible($0, schemaType) }
    }

    private static func type(ofDescription words: [String], schemaType: String?) -> IOType? {
        words.prefix(16).lazy.compactMap { type(ofWord: $0) }.first { isPossible($0, schemaType) && $0 != .text }
    }

    /// A number is never a photo, a truth value never a price.
    private static func isPossible(_ type: IOType, _ schemaType: String?) -> Bool {
        switch schemaType {
        case "integer", "number":
            [.number, .money, .percentage, .quantity, .duration, .identifier, .dateTime, .coordinates].contains(type)
        case "boolean": type == .boolean
        // "phone_number" and "order_value" as strings: the word before says what they are.
        case "string": ![.number, .quantity, .boolean].contains(type)
        case "object": [.record, .json, .place, .coordinates, .person, .table, .document, .chart].contains(type)
        default: true
        }
    }

    private static let fallback: [String: IOType] = [
        "string": .text, "integer": .number, "number": .number, "boolean": .boolean, "object": .record,
    ]

    private static let formats: [String: IOType] = [
        "date": .date, "date-time": .dateTime, "time": .dateTime, "duration": .duration, "email": .emailAddress,
        "idn-email": .emailAddress, "uuid": .identifier, "phone": .phoneNumber, "password": .secret,
    ]

    private static let mediaTypes: [String: IOType] = [
        "text/csv": .csv, "text/tab-separated-values": .csv, "text/html": .html, "text/markdown": .markdown,
        "text/xml": .xml, "application/xml": .xml, "application/json": .json, "application/yaml": .yaml,
        "application/pdf": .pdf, "image/svg+xml": .svg, "application/zip": .archive, "application/sql": .sql,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": .spreadsheet,
    ]

    /// A `media_type` such as `text/csv` says what something else is.
    private static let describingWords: Set<String> = ["type", "types", "format", "kind", "mode", "encoding", "status"]

    private static let urlWords: Set<String> = ["url", "urls", "uri", "uris", "link", "links", "href", "webhook"]
    private static let pathWords: Set<String> = [
        "path", "paths", "filepath", "filename", "filenames", "folder", "directory", "dir",
    ]

    private static let words: [String: IOType] = {
        var table: [String: IOType] = [:]
        for (type, text) in vocabulary {
            for word in text.split(separator: " ") { table[String(word)] = type }
        }
        return table
    }()

    private static let vocabulary: [(IOType, String)] = [
        (.text, "text content message body summary sentence paragraph lyrics transcript translation description title"),
        (
            .text,
            "prompt query keyword keywords phrase word joke quote answer question reply comment review string caption"
        ),
        (.markdown, "markdown md"), (.html, "html webpage page pages website site"), (.xml, "xml rss atom"),
        (.json, "json jsonl ndjson"), (.yaml, "yaml yml"), (.sql, "sql"),
        (.code, "code script program snippet function"),
        (.document, "document documents doc docx report reports article paper contract"), (.pdf, "pdf pdfs"),
        (.presentation, "slides presentation pptx deck"),
        (
            .image,
            "image images photo photos photograph picture pictures png jpg jpeg gif webp thumbnail screenshot logo"
        ),
        (.svg, "svg"), (.chart, "chart charts plot plots graph diagram visualization"),
        (.audio, "audio mp3 wav recording speech voice sound podcast ringtone"),
        (.video, "video videos mp4 clip footage"), (.archive, "zip archive tar tarball gzip"),
        (.table, "table tables rows row dataset datasets dataframe records columns"), (.csv, "csv tsv"),
        (.spreadsheet, "spreadsheet spreadsheets excel xlsx xls worksheet"), (.list, "list items results array"),
        (.emailAddress, "email mail recipient recipients"), (.phoneNumber, "phone telephone mobile"),
        (.person, "person user username author artist customer employee participant participants attendees contact"),
        (.identifier, "id ids identifier uuid guid isbn sku ticker symbol"),
        (.secret, "password token secret key apikey credential credentials"), (.language, "language lang locale"),
        (.date, "date dates day birthdate birthday deadline due"), (.dateTime, "time timestamp datetime"),
        (.duration, "duration seconds minutes hours period term"),
        (
            .money,
            "amount price cost total salary revenue profit expense expenses fee budget payment income tax tip loan"
        ),
        (.percentage, "percentage percent rate ratio"),
        (.quantity, "quantity count size length width height radius weight distance area volume speed temperature"),
        (.number, "number numbers num integer float score value"), (.currency, "currency currencies"),
        (.boolean, "boolean flag enabled success"),
        (.place, "location locations city country address place region state origin destination town venue"),
        (.coordinates, "latitude longitude lat lon lng coordinates coordinate geolocation"),
    ]
}
