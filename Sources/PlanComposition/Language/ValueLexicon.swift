import SkillCatalog

/// Closed classes of values that a request names in words: languages, currencies, units, numbers.
enum ValueLexicon {
    /// The name of a language as it is written, for a word in lower case.
    static let languages: [String: String] = Dictionary(
        uniqueKeysWithValues: """
            Afrikaans Albanian Amharic Arabic Armenian Basque Belarusian Bengali Bosnian Bulgarian Burmese Cantonese Catalan
            Chinese Croatian Czech Danish Dutch English Esperanto Estonian Filipino Finnish French Galician Georgian German
            Greek Gujarati Hausa Hebrew Hindi Hungarian Icelandic Igbo Indonesian Irish Italian Japanese Javanese Kannada
            Kazakh Khmer Korean Kurdish Lao Latin Latvian Lithuanian Macedonian Malay Malayalam Maltese Mandarin Maori
            Marathi Mongolian Nepali Norwegian Pashto Persian Polish Portuguese Punjabi Romanian Russian Sanskrit Serbian
            Sinhala Slovak Slovenian Somali Spanish Swahili Swedish Tagalog Tamil Telugu Thai Tibetan Turkish Ukrainian Urdu
            Uzbek Vietnamese Welsh Xhosa Yoruba Zulu
            """.split(whereSeparator: \.isWhitespace).map { ($0.lowercased(), String($0)) }
    )

    /// The ISO 4217 code of a currency, for a word in lower case; of a country's dollar the word before decides.
    static func currency(_ word: String, before: String?) -> String? {
        if let qualified = before.flatMap({ qualifiedCurrencies["\($0) \(word)"] }) { return qualified }
        return currencies[word]
    }

    private static let currencies: [String: String] = {
        var table: [String: String] = [
            "dollar": "USD", "dollars": "USD", "bucks": "USD", "euro": "EUR", "euros": "EUR", "pound sterling": "GBP",
            "sterling": "GBP", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "rupee": "INR", "rupees": "INR",
            "won": "KRW", "ruble": "RUB", "rubles": "RUB", "franc": "CHF", "francs": "CHF", "zloty": "PLN",
            "krona": "SEK", "kronor": "SEK", "bitcoin": "BTC", "rand": "ZAR", "baht": "THB", "shekel": "ILS",
            "shekels": "ILS", "forint": "HUF", "lira": "TRY",
        ]
        let codes = """
            usd eur gbp jpy cny inr krw rub chf pln sek nok dkk czk huf try aud cad nzd sgd hkd twd thb idr myr php vnd brl
            mxn ars clp cop pen zar egp ngn kes ils aed sar qar kwd pkr bdt lkr npr uah ron bgn isk btc eth
            """
        for code in codes.split(whereSeparator: \.isWhitespace) { table[String(code)] = code.uppercased() }
        return table
    }()

    private static let qualifiedCurrencies: [String: String] = [
        "canadian dollars": "CAD", "canadian dollar": "CAD", "australian dollars": "AUD", "australian dollar": "AUD",
        "british pounds": "GBP", "british pound": "GBP", "indian rupees": "INR", "indian rupee": "INR",
        "japanese yen": "JPY", "chinese yuan": "CNY", "swiss francs": "CHF", "swiss franc": "CHF",
        "mexican pesos": "MXN", "mexican peso": "MXN", "hong kong dollars": "HKD", "singapore dollars": "SGD",
    ]

    /// The code of a currency's sign.
    static func currency(sign: Character) -> String? { ["$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"][sign] }

    /// Small numbers in words.
    static let numbers: [String: Double] = [
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
        "hundred": 100, "thousand": 1_000,
    ]
}

/// A unit of measurement and what it measures.
struct MeasuringUnit: Sendable, Hashable {
    enum Dimension: Sendable, Hashable { case time, length, mass }

    var dimension: Dimension
    /// How many seconds, metres or kilograms it is.
    var factor: Double

    /// The unit a word names, singular, plural or short; nil for anything else.
    static func named(_ word: String) -> MeasuringUnit? { table[word] }

    private static let table: [String: MeasuringUnit] = {
        let units: [(Dimension, Double, String)] = [
            (.time, 0.001, "millisecond milliseconds ms"), (.time, 1, "second seconds sec secs"),
            (.time, 60, "minute minutes min mins"), (.time, 3_600, "hour hours hr hrs"),
            (.time, 86_400, "day days"), (.time, 604_800, "week weeks"), (.time, 2_629_800, "month months"),
            (.time, 31_557_600, "year years"),
            (.length, 0.001, "millimeter millimeters mm"), (.length, 0.01, "centimeter centimeters cm"),
            (.length, 1, "meter meters metre metres"), (.length, 1_000, "kilometer kilometers kilometre kilometres km"),
            (.length, 1_609.344, "mile miles"), (.length, 0.3048, "foot feet"), (.length, 0.0254, "inch inches"),
            (.mass, 0.001, "gram grams"), (.mass, 1, "kilogram kilograms kilo kilos kg"),
            (.mass, 0.45359237, "pound pounds lb lbs"), (.mass, 1_000, "ton tons tonne tonnes"),
        ]
        var table: [String: MeasuringUnit] = [:]
        for (dimension, factor, names) in units {
            for name in names.split(separator: " ") {
                table[String(name)] = MeasuringUnit(dimension: dimension, factor: factor)
            }
        }
        return table
    }()

    /// A number of this unit in another, where both measure the same.
    func convert(_ value: Double, to other: MeasuringUnit) -> Double? {
        guard dimension == other.dimension else { return nil }
        guard factor != other.factor else { return value }
        let converted = value * factor / other.factor
        // Years of 12 months and weeks of 7 days come out whole, whatever the last bit of a fraction says.
        let whole = converted.rounded()
        return abs(converted - whole) < 1e-9 * max(1, abs(whole)) ? whole : converted
    }
}
