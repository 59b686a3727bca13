import SkillRetrieval
import TaskDecomposition
import Testing

/// A request, what its steps must say and what they must not.
///
/// How many steps there are is another specification's business, so that counting may change and wording may not.
struct WordingCase: Sendable, CustomTestStringConvertible {
    var request: String
    /// Each is in one step; the parts around "…" come in that order within the step.
    var says: [String]
    /// None is in any step.
    var lacks: [String]

    init(_ request: String, says: [String], lacks: [String] = []) {
        self.request = request
        self.says = says
        self.lacks = lacks
    }

    var testDescription: String { request }

    /// The words are in the text, the parts around "…" one after the other.
    static func isSaid(_ words: String, in text: String) -> Bool {
        var rest = Substring(text.lowercased())
        for part in words.lowercased().split(separator: "…") {
            guard let place = rest.firstRange(of: part) else { return false }
            rest = rest[place.upperBound...]
        }
        return true
    }
}

@Suite("Texts of steps")
struct StepTextTests {
    private func check(_ example: WordingCase) async throws {
        let texts = try await LocalDecomposer().decompose(example.request).subtasks.map(\.text)
        for words in example.says {
            #expect(texts.contains { WordingCase.isSaid(words, in: $0) }, "no step says '\(words)': \(texts)")
        }
        for words in example.lacks {
            #expect(!texts.contains { WordingCase.isSaid(words, in: $0) }, "a step says '\(words)': \(texts)")
        }
    }

    @Test(
        "what asks for nothing is left out",
        arguments: [
            WordingCase(
                "I'm planning a trip to Paris and need to find a cheap hotel.",
                says: ["find a cheap hotel"],
                lacks: ["planning"]
            ),
            WordingCase(
                "My laptop broke yesterday, so please find a repair shop nearby.",
                says: ["find a repair shop nearby"],
                lacks: ["broke", "yesterday"]
            ),
            WordingCase(
                "We're a small bakery in Lyon. Write a slogan for our new bread.",
                says: ["write a slogan for our new bread"],
                lacks: ["small bakery"]
            ),
            WordingCase(
                "It has been raining for days. What's the forecast for tomorrow?",
                says: ["the forecast for tomorrow"],
                lacks: ["raining"]
            ),
            WordingCase(
                "I love hiking. Could you recommend three trails near Innsbruck?",
                says: ["recommend three trails near Innsbruck"],
                lacks: ["I love"]
            ),
            WordingCase(
                "Hope you're well! Please convert the invoice to PDF.",
                says: ["convert the invoice to PDF"],
                lacks: ["Hope"]
            ),
            WordingCase(
                "I was told you can do spreadsheets. Sum the second column of sales.xlsx.",
                says: ["Sum the second column of sales.xlsx"],
                lacks: ["told"]
            ),
            WordingCase(
                "The printer on the second floor is broken again. Open a ticket for it with IT support.",
                says: ["Open a ticket…IT support"]
            ),
            WordingCase(
                "I just moved to Graz and don't know anyone, so find a running club that meets on weekends.",
                says: ["find a running club that meets on weekends"],
                lacks: ["moved to Graz"]
            ),
        ]
    )
    func context(example: WordingCase) async throws { try await check(example) }

    @Test(
        "a reason is left out, wherever it stands",
        arguments: [
            WordingCase(
                "Since my parents visit next week, book a table for four.",
                says: ["book a table for four"],
                lacks: ["parents"]
            ),
            WordingCase(
                "Because the deadline is close, translate the contract into German.",
                says: ["translate the contract into German"],
                lacks: ["deadline"]
            ),
            WordingCase("Book a quiet room because I have a cold.", says: ["Book a quiet room"], lacks: ["cold"]),
            WordingCase(
                "As I'm allergic to nuts, find a nut-free dessert recipe.",
                says: ["find a nut-free dessert recipe"],
                lacks: ["allergic"]
            ),
            WordingCase(
                "Cancel the Friday meeting, because Lena is ill, and tell the team.",
                says: ["Cancel the Friday meeting", "tell the team"],
                lacks: ["Lena is ill"]
            ),
            WordingCase(
                "Find a dry cleaner, since my suit has a stain.",
                says: ["Find a dry cleaner"],
                lacks: ["stain"]
            ),
        ]
    )
    func reasons(example: WordingCase) async throws { try await check(example) }

    @Test(
        "since and as are kept where they say when or how",
        arguments: [
            WordingCase("List the commits since Monday.", says: ["List the commits since Monday"]),
            WordingCase(
                "Sum the sales since we opened the shop in 2019.",
                says: ["Sum the sales since we opened the shop in 2019"]
            ),
            WordingCase("Export the table as CSV.", says: ["Export the table as CSV"]),
            WordingCase(
                "Resize the image so that it fits a phone screen.",
                says: ["Resize the image so that it fits a phone screen"]
            ),
            WordingCase("Explain why the build failed because of a timeout.", says: ["because of a timeout"]),
        ]
    )
    func keptSubordinates(example: WordingCase) async throws { try await check(example) }

    @Test(
        "politeness is left out",
        arguments: [
            WordingCase(
                "Would you be so kind as to reserve a table at Nico's?",
                says: ["reserve a table at Nico's"],
                lacks: ["kind"]
            ),
            WordingCase(
                "If it's not too much trouble, print the boarding pass.",
                says: ["print the boarding pass"],
                lacks: ["trouble"]
            ),
            WordingCase(
                "I'd be grateful if you could check the spelling of this letter.",
                says: ["check the spelling of this letter"],
                lacks: ["grateful"]
            ),
            WordingCase(
                "Kindly forward the minutes to the board at your earliest convenience.",
                says: ["forward the minutes to the board"],
                lacks: ["Kindly", "convenience"]
            ),
            WordingCase(
                "Do me a favor and rename the folder to archive.",
                says: ["rename the folder to archive"],
                lacks: ["favor"]
            ),
            WordingCase(
                "Compress the video for me, thank you very much in advance!",
                says: ["Compress the video"],
                lacks: ["thank", "for me"]
            ),
            WordingCase(
                "Hey, quick question: what is the time difference between Tokyo and Lima?",
                says: ["what is the time difference between Tokyo and Lima"],
                lacks: ["quick question", "hey"]
            ),
            WordingCase(
                "Could you convert this to mp3 when you have a minute?",
                says: ["convert this to mp3"],
                lacks: ["minute"]
            ),
            WordingCase(
                "Please let me know the opening hours of the zoo as soon as possible.",
                says: ["the opening hours of the zoo"]
            ),
        ]
    )
    func politeness(example: WordingCase) async throws { try await check(example) }

    @Test(
        "a constraint stays with the step it belongs to",
        arguments: [
            WordingCase(
                "Export the video as mp4, keep it under 50 MB.",
                says: ["Export the video as mp4…under 50 MB"]
            ),
            WordingCase(
                "Finish the slides by Friday and send them to Tom.",
                says: ["Finish the slides by Friday", "send the slides to Tom"]
            ),
            WordingCase(
                "If the stock falls below 100 dollars, sell ten shares.",
                says: ["If the stock falls below 100 dollars…sell ten shares"]
            ),
            WordingCase(
                "Rename the files, but only those older than a month.",
                says: ["Rename the files…only those older than a month"]
            ),
            WordingCase(
                "Translate the article into Spanish, preserving the formatting.",
                says: ["Translate the article into Spanish…preserving the formatting"]
            ),
            WordingCase(
                "Plot the temperatures with a log scale and save the plot as plot.png, at least 300 dpi.",
                says: ["Plot the temperatures with a log scale", "save the plot as plot.png…at least 300 dpi"]
            ),
            WordingCase(
                "Search for laptops with 16 GB of RAM, less than 1.5 kg, and a matte display.",
                says: ["Search for laptops with 16 GB of RAM…less than 1.5 kg…a matte display"]
            ),
            WordingCase(
                "Write a summary of the book in at most 200 words, without spoilers.",
                says: ["Write a summary of the book in at most 200 words…without spoilers"]
            ),
            WordingCase(
                "Unless it rains, schedule the picnic for Sunday noon.",
                says: ["Unless it rains…schedule the picnic for Sunday noon"]
            ),
            WordingCase(
                "Create an invoice for Acme Corp. The amount is 1,200 EUR and the due date is 2024-05-01.",
                says: ["Create an invoice for Acme Corp…1,200 EUR…2024-05-01"]
            ),
            WordingCase(
                "Deploy version 2.3 to staging, not production.",
                says: ["Deploy version 2.3 to staging…not production"]
            ),
            WordingCase(
                "Please summarise the attached contract. Focus on the termination clauses.",
                says: ["summarise the attached contract", "the termination clauses"]
            ),
            WordingCase(
                "For each city in cities.txt, get the population.",
                says: ["For each city in cities.txt…get the population"]
            ),
        ]
    )
    func constraints(example: WordingCase) async throws { try await check(example) }

    @Test(
        "a pronoun becomes what it stands for, where that is clear",
        arguments: [
            WordingCase("Open budget.xlsx, then add a total to it.", says: ["add a total to budget.xlsx"]),
            WordingCase(
                "Download https://example.com/a.zip and unpack it.",
                says: ["unpack https://example.com/a.zip"]
            ),
            WordingCase(
                "Take a screenshot of the dashboard, crop it, and attach it to an email.",
                says: ["crop the screenshot", "attach the screenshot…to an email"],
                lacks: ["crop it", "attach it"]
            ),
            WordingCase(
                "Find the five newest papers on protein folding and summarise each of them.",
                says: ["summarise each of the five newest papers"]
            ),
            WordingCase(
                "Resize the photo to 800 px, convert it to webp, upload it to the CDN and delete the original.",
                says: ["convert the photo to webp", "upload the photo to the CDN", "delete the original"]
            ),
            WordingCase(
                "Generate a password and store it in the vault; then send it to Omar.",
                says: ["store the password in the vault", "send the password to Omar"]
            ),
            WordingCase(
                "Collect all open tickets, group them by owner and email the owners.",
                says: ["group all open tickets by owner"]
            ),
            WordingCase(
                "First of all, export the contacts. Secondly, merge duplicates. Lastly, import them into HubSpot.",
                says: ["export the contacts", "merge duplicates", "into HubSpot"]
            ),
            WordingCase(
                "Fetch the user list, and for each of them send a reminder.",
                says: ["send a reminder"]
            ),
            WordingCase(
                "Get the overdue invoices and print these.",
                says: ["print the overdue invoices"]
            ),
        ]
    )
    func pronouns(example: WordingCase) async throws { try await check(example) }

    @Test(
        "a thing that only the context names is what the steps work on",
        arguments: [
            WordingCase(
                "Here is my CV. Proofread it and translate it to English.",
                says: ["Proofread my CV", "translate my CV to English"]
            ),
            WordingCase(
                "I have a CSV file with sales. Remove the duplicates from it.",
                says: ["Remove the duplicates from the CSV file"]
            ),
            WordingCase(
                "I wrote a poem about the sea. Translate it into Italian.",
                says: ["Translate the poem…into Italian"]
            ),
        ]
    )
    func objectsOfContext(example: WordingCase) async throws { try await check(example) }

    @Test(
        "words that point back are put in full, where that is clear",
        arguments: [
            WordingCase(
                "Read the file notes.txt. Translate that file into French.",
                says: ["Translate the file notes.txt into French"]
            ),
            WordingCase(
                "Check the weather in Lisbon and book a hotel there.",
                says: ["book a hotel in Lisbon"]
            ),
            WordingCase(
                "Compare the iPhone 15 and the Pixel 8, then order the former.",
                says: ["order the iPhone 15"]
            ),
            WordingCase(
                "Compare the iPhone 15 and the Pixel 8, then order the latter.",
                says: ["order the Pixel 8"]
            ),
            WordingCase(
                "Search the web for electric cars, then rank the results by price.",
                says: ["rank the results…electric cars…by price"]
            ),
            WordingCase(
                "Create a spreadsheet of our suppliers. Share this spreadsheet with Dana.",
                says: ["Share the spreadsheet of our suppliers with Dana"]
            ),
        ]
    )
    func pointers(example: WordingCase) async throws { try await check(example) }

    @Test(
        "words that may point to several things are left alone",
        arguments: [
            WordingCase("Find a bank near the Louvre and meet me there.", says: ["there"]),
            WordingCase("Move the box from Rome to Pisa and stay there.", says: ["stay there"]),
            WordingCase("Compare Rome, Pisa and Siena and describe the latter.", says: ["the latter"]),
            WordingCase("Buy milk and ask her to call me.", says: ["her"]),
            WordingCase("Print the letter. I think it was written in 1999.", says: ["Print the letter"]),
        ]
    )
    func unclear(example: WordingCase) async throws { try await check(example) }

    @Test(
        "questions keep what they ask for",
        arguments: [
            WordingCase(
                "What's the tallest building in Dubai? Who designed it?",
                says: ["who designed the tallest building"]
            ),
            WordingCase(
                "Is there a pharmacy open now near Alexanderplatz?",
                says: ["a pharmacy open now near Alexanderplatz"]
            ),
            WordingCase(
                "Do you know whether the museum is open on Mondays?",
                says: ["whether the museum is open on Mondays"],
                lacks: ["do you know"]
            ),
            WordingCase(
                "Why is the sky blue? Explain it to a five-year-old.",
                says: ["Why is the sky blue", "a five-year-old"]
            ),
            WordingCase(
                "How many people live in Ghent and what is its area?",
                says: ["How many people live in Ghent", "area"]
            ),
        ]
    )
    func questions(example: WordingCase) async throws { try await check(example) }

    @Test(
        "lists lose their markers and keep their words",
        arguments: [
            WordingCase(
                "- buy milk\n- call the dentist\n- renew the passport before June",
                says: ["buy milk", "call the dentist", "renew the passport before June"],
                lacks: ["- "]
            ),
            WordingCase(
                "a) find the error log b) send it to support",
                says: ["find the error log", "send the error log to support"],
                lacks: ["a)", "b)"]
            ),
            WordingCase(
                "1. Extract the text from scan.pdf\n   - use German OCR\n2. Count the words",
                says: ["Extract the text from scan.pdf…use German OCR", "Count the words"]
            ),
            WordingCase(
                "Steps:\n* scrape the site\n* dedupe the rows\n\nThanks!",
                says: ["scrape the site", "dedupe the rows"],
                lacks: ["Thanks", "Steps"]
            ),
            WordingCase(
                "I need three things: (1) the weather in Rome, (2) a hotel, (3) a rental car.",
                says: ["the weather in Rome", "a hotel", "a rental car"]
            ),
            WordingCase(
                "Todo:\n1) back up the database\n2) upgrade PostgreSQL to 16\n3) run the tests",
                says: ["back up the database", "upgrade PostgreSQL to 16", "run the tests"],
                lacks: ["Todo", "1)", "3)"]
            ),
        ]
    )
    func lists(example: WordingCase) async throws { try await check(example) }

    @Test(
        "several sentences are told apart",
        arguments: [
            WordingCase(
                "The client complained about slow pages. Profile the checkout page. Write the findings into perf.md.",
                says: ["Profile the checkout page", "Write the findings into perf.md"],
                lacks: ["complained"]
            ),
            WordingCase(
                "Zip and upload the folder docs/.",
                says: ["Zip the folder docs", "upload the folder docs"]
            ),
            WordingCase(
                "To prepare for the meeting, collect the figures of Q3.",
                says: ["collect the figures of Q3"]
            ),
            WordingCase("URGENT!!! server down!!! restart nginx NOW", says: ["restart nginx"]),
            WordingCase(
                "🎉 Plan a birthday party 🎂 and send invitations 📧",
                says: ["Plan a birthday party", "send invitations"]
            ),
        ]
    )
    func sentences(example: WordingCase) async throws { try await check(example) }

    @Test(
        "a request in another language keeps its words",
        arguments: [
            WordingCase("Procure voos para Lisboa e reserve um hotel.", says: ["Procure voos para Lisboa"]),
            WordingCase("Zoek een trein naar Gent. Stuur me daarna een e-mail.", says: ["Zoek een trein naar Gent"]),
            WordingCase("下载数据集，转换它，然后画一张图。", says: ["下载数据集"]),
            WordingCase("ابحث عن رحلة إلى دبي ثم احجز فندقا.", says: ["ابحث عن رحلة إلى دبي"]),
            WordingCase("Hava durumunu kontrol et, sonra bana e-posta gönder.", says: ["Hava durumunu kontrol et"]),
            WordingCase("दिल्ली का मौसम बताओ। फिर होटल बुक करो।", says: ["दिल्ली का मौसम बताओ", "होटल बुक करो"]),
            WordingCase(
                "Translate 'Guten Morgen, wie geht es dir?' into English.",
                says: ["Translate 'Guten Morgen, wie geht es dir?' into English"]
            ),
        ]
    )
    func otherLanguages(example: WordingCase) async throws { try await check(example) }
}
