import Testing

@testable import TaskDecomposition

@Suite("Language of a request")
struct RequestLanguageTests {
    @Test(
        "English is recognised, terse or not",
        arguments: [
            "Book a hotel", "git status", "compute mean", "Send \"搜索航班\" to Bob", "El Paso weather",
            "Find cafés in la Rochelle", "42",
            "Translate 'buenos días' and 'gracias' to English",
        ]
    )
    func english(request: String) {
        #expect(FineSplit.split(request).language == .english)
    }

    @Test(
        "other languages are not taken for English",
        arguments: [
            "搜索航班", "東京の天気を調べて", "Найди рейсы", "Busca vuelos a Madrid y reserva un hotel", "Suche einen Flug nach Rom",
            "Trouve un vol pour Paris", "Trova un volo per Roma", "Encontre um voo para Lisboa", "날씨를 알려줘",
            "ابحث عن رحلة", "ค้นหาเที่ยวบิน",
        ]
    )
    func other(request: String) {
        #expect(FineSplit.split(request).language == .other)
    }
}
