import SkillCatalog

/// How well a value of one type serves where another is wanted, from what conversions exist and what they lose.
enum Coercions {
    /// 1 for the same type, less for a conversion, nil where none is declared.
    static func weight(from source: IOType, to target: IOType) -> Double? {
        if source == target { return 1 }
        if let declared = declared[source]?[target] { return declared }
        // Whatever can be printed can stand where prose is wanted, badly.
        return target == .text && printable.contains(source) ? 0.4 : nil
    }

    /// How well a value that arrives one way serves a tool that wants it another way.
    static func weight(from source: IOCarrier, to target: IOCarrier) -> Double {
        switch (source, target) {
        case (.value, .value), (.path, .path), (.url, .url): 1
        case (.url, .value): 0.6
        case (.path, .value), (.value, .path), (.url, .path): 0.5
        case (.path, .url): 0.3
        case (.value, .url): 0.1
        }
    }

    /// How much it says that both sides have this type: every tool has some text and some number.
    static func specificity(_ type: IOType) -> Double {
        switch type {
        case .text, .number, .list, .record: 0.55
        case .identifier, .money, .quantity, .percentage, .duration, .date, .dateTime, .person, .document: 0.6
        case .boolean, .secret, .language, .currency: 0.3
        default: 1
        }
    }

    private static let declared: [IOType: [IOType: Double]] = [
        .csv: [.table: 0.95, .spreadsheet: 0.8, .text: 0.5, .list: 0.6],
        .spreadsheet: [.table: 0.9, .csv: 0.8],
        .table: [.csv: 0.8, .spreadsheet: 0.8, .list: 0.7, .json: 0.6],
        .json: [.record: 0.8, .table: 0.7, .list: 0.7, .text: 0.6, .csv: 0.4],
        .record: [.json: 0.9, .table: 0.5],
        .list: [.table: 0.7, .json: 0.8, .csv: 0.5, .text: 0.5],
        .svg: [.image: 0.9, .chart: 0.8],
        .chart: [.image: 0.9, .svg: 0.8, .document: 0.4],
        .image: [.document: 0.3],
        .pdf: [.document: 0.95, .text: 0.6],
        .presentation: [.document: 0.8],
        .document: [.text: 0.8, .pdf: 0.6, .markdown: 0.6],
        .markdown: [.text: 0.9, .document: 0.8, .html: 0.7],
        .html: [.text: 0.7, .document: 0.7, .markdown: 0.5],
        .text: [.markdown: 0.8, .document: 0.6, .html: 0.3],
        .xml: [.text: 0.5, .record: 0.5],
        .yaml: [.record: 0.7, .json: 0.7],
        .code: [.text: 0.7],
        .sql: [.text: 0.6, .code: 0.8],
        .video: [.audio: 0.5],
        .money: [.number: 0.95, .quantity: 0.5],
        .quantity: [.number: 0.9, .money: 0.5],
        .percentage: [.number: 0.9],
        .duration: [.number: 0.8, .quantity: 0.8],
        .number: [.money: 0.8, .quantity: 0.8, .percentage: 0.7, .duration: 0.7],
        .date: [.dateTime: 0.9],
        .dateTime: [.date: 0.8],
        .place: [.coordinates: 0.4],
        .coordinates: [.place: 0.5],
    ]

    private static let printable: Set<IOType> = [
        .html, .xml, .json, .yaml, .csv, .table, .sql, .record, .emailAddress, .phoneNumber, .person, .identifier,
        .secret, .language, .date, .dateTime, .duration, .number, .money, .percentage, .quantity, .currency, .place,
        .coordinates, .boolean, .chart,
    ]
}
