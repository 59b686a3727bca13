import Testing

@Suite("Texts of steps that point elsewhere, or are typed oddly")
struct StepReferenceTests {
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
    func pronouns(example: WordingCase) async throws { try await example.check() }

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
    func objectsOfContext(example: WordingCase) async throws { try await example.check() }

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
    func pointers(example: WordingCase) async throws { try await example.check() }

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
    func unclear(example: WordingCase) async throws { try await example.check() }

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
    func questions(example: WordingCase) async throws { try await example.check() }

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
    func lists(example: WordingCase) async throws { try await example.check() }

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
    func sentences(example: WordingCase) async throws { try await example.check() }

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
    func otherLanguages(example: WordingCase) async throws { try await example.check() }
}
