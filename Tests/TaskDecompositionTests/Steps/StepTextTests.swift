import Testing

@Suite("Texts of steps")
struct StepTextTests {
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
    func context(example: WordingCase) async throws { try await example.check() }

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
    func reasons(example: WordingCase) async throws { try await example.check() }

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
    func keptSubordinates(example: WordingCase) async throws { try await example.check() }

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
    func politeness(example: WordingCase) async throws { try await example.check() }

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
    func constraints(example: WordingCase) async throws { try await example.check() }
}
