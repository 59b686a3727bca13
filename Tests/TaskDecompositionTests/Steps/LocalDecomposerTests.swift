import SkillRetrieval
import TaskDecomposition
import Testing

/// A request, and the texts of the steps that a careful reader makes of it.
struct StepCase: Sendable, CustomTestStringConvertible {
    var request: String
    var steps: [String]

    init(_ request: String, _ steps: String...) {
        self.request = request
        self.steps = steps
    }

    var testDescription: String { request }
}

@Suite("Local decomposer")
struct LocalDecomposerTests {
    private func check(_ example: StepCase) async throws {
        let answer = try await DecomposerContract.check(LocalDecomposer(), example.request)
        #expect(answer.subtasks.map(\.text) == example.steps)
        #expect(answer.diagnostics.isEmpty)
        #expect(answer.rounds == 1)
    }

    @Test(
        "clauses that ask for something are steps",
        arguments: [
            StepCase(
                "Download the dataset, transform it, and create a visual report",
                "Download the dataset",
                "transform the dataset",
                "create a visual report"
            ),
            StepCase(
                "Scrape product reviews, run sentiment analysis on them and post a summary to Slack",
                "Scrape product reviews",
                "run sentiment analysis on the product reviews",
                "post a summary to Slack"
            ),
            StepCase(
                "Monitor CPU usage and alert me when it exceeds 90%",
                "Monitor CPU usage",
                "alert me when it exceeds 90%"
            ),
            StepCase(
                "Fetch the weather; plot it; send the plot to me.",
                "Fetch the weather",
                "plot the weather",
                "send the plot to me"
            ),
            StepCase("fetch data -> clean -> plot", "fetch data", "clean", "plot"),
            StepCase("Resize the image before uploading it to S3.", "Resize the image", "upload the image to S3"),
            StepCase(
                "convert report.docx to pdf & merge it with cover.pdf",
                "convert report.docx to pdf",
                "merge it with cover.pdf"
            ),
            StepCase(
                "Start by scraping the site, then clean the text, followed by summarizing it.",
                "scrape the site",
                "clean the text",
                "summarize the text"
            ),
            StepCase(
                "After downloading the data, clean it and plot it.",
                "download the data",
                "clean the data",
                "plot the data"
            ),
            StepCase("Set up a CI pipeline and log in to the console", "Set up a CI pipeline", "log in to the console"),
        ]
    )
    func clauses(example: StepCase) async throws { try await check(example) }

    @Test(
        "one step stays one step",
        arguments: [
            StepCase("search flights and hotels", "search flights and hotels"),
            StepCase("Generate 3 images of cats, dogs and birds.", "Generate 3 images of cats, dogs and birds"),
            StepCase("Write a poem about love and loss", "Write a poem about love and loss"),
            StepCase(
                "Schedule a meeting with Anna and Bob on Friday at 3 p.m.",
                "Schedule a meeting with Anna and Bob on Friday at 3 p.m"
            ),
            StepCase("Find the distance between Rome and Paris", "Find the distance between Rome and Paris"),
            StepCase("Search and replace foo with bar in all files", "Search and replace foo with bar in all files"),
            StepCase("analyze and assess the quarterly results", "analyze and assess the quarterly results"),
            StepCase("What's the capital of France?", "What's the capital of France"),
            StepCase("hello", "hello"),
            StepCase(
                "Convert 1,000.50 USD to EUR at 10:30 a.m. on Jan. 5",
                "Convert 1,000.50 USD to EUR at 10:30 a.m. on Jan. 5"
            ),
            StepCase(
                "Get e.g. the latest news, Dr. Smith's papers and U.S. stock prices.",
                "Get e.g. the latest news, Dr. Smith's papers and U.S. stock prices"
            ),
        ]
    )
    func singles(example: StepCase) async throws { try await check(example) }

    @Test(
        "politeness, discourse words and trailing filler are dropped",
        arguments: [
            StepCase("Could you please book a flight to Paris for me?", "book a flight to Paris"),
            StepCase("I need you to rename the file, thanks!", "rename the file"),
            StepCase("Hi! I would like to translate this letter, please.", "translate this letter"),
            StepCase(
                "Can you help me compress the archive and afterwards notify the team?",
                "compress the archive",
                "notify the team"
            ),
            StepCase(
                "Could you first look up the address, then send a letter?",
                "look up the address",
                "send a letter"
            ),
            StepCase(
                "First, read the report. Next, summarize it. Finally, please email the summary to Bob if possible.",
                "read the report",
                "summarize the report",
                "email the summary to Bob"
            ),
            StepCase(
                "I want to convert the video to mp3 and I also need to trim it. Thanks a lot!",
                "convert the video to mp3",
                "trim the video"
            ),
            StepCase("I would like to know the weather in Rome", "find out the weather in Rome"),
            StepCase("“Sort the list”", "“Sort the list”"),
            StepCase("\"Sort the list and print it\"", "Sort the list", "print the list"),
        ]
    )
    func politeness(example: StepCase) async throws { try await check(example) }

    @Test(
        "quoted text, addresses, paths and brackets are never cut",
        arguments: [
            StepCase(
                "Compare \"A and B\" then summarise 'x, then y' for me please.",
                "Compare \"A and B\"",
                "summarise 'x, then y'"
            ),
            StepCase(
                "Email bob@example.com the report at https://x.org/a,b.pdf?q=1;2 and then delete it.",
                "Email bob@example.com the report at https://x.org/a,b.pdf?q=1;2",
                "delete it"
            ),
            StepCase(
                "Translate 'Hello, world. Then go!' into French and save it as /tmp/out,then.txt",
                "Translate 'Hello, world. Then go!' into French",
                "save it as /tmp/out,then.txt"
            ),
            StepCase(
                "Run `make clean, then make` and open D:\\docs\\a.txt",
                "Run `make clean, then make`",
                "open D:\\docs\\a.txt"
            ),
            StepCase(
                "Average the grades [A, B, and C] (and round them, then sort)",
                "Average the grades [A, B, and C] (and round them, then sort)"
            ),
            StepCase(
                "Open src/main.swift, fix the bug, run the tests and commit.",
                "Open src/main.swift",
                "fix the bug",
                "run the tests",
                "commit"
            ),
        ]
    )
    func protectedText(example: StepCase) async throws { try await check(example) }

    @Test(
        "a shared object is carried to each verb",
        arguments: [
            StepCase("clean and plot the data", "clean the data", "plot the data"),
            StepCase(
                "Please search, filter and plot the data in a chart",
                "search the data",
                "filter the data",
                "plot the data in a chart"
            ),
            StepCase(
                "find and book a train from Rome to Pisa for today",
                "find a train from Rome to Pisa",
                "book a train from Rome to Pisa for today"
            ),
        ]
    )
    func sharedObjects(example: StepCase) async throws { try await check(example) }

    @Test(
        "pronouns are put in words only where one thing can be meant",
        arguments: [
            StepCase(
                "Read my emails and extract the invoices from them",
                "Read my emails",
                "extract the invoices from my emails"
            ),
            StepCase("Notify the team and archive it", "Notify the team", "archive it"),
            StepCase("Find a song and play them", "Find a song", "play them"),
            StepCase(
                "Cancel the gathering reminder and move it to Friday",
                "Cancel the gathering reminder",
                "move the gathering reminder to Friday"
            ),
            StepCase(
                "If the build fails, notify the team, and if it passes, deploy it.",
                "If the build fails, notify the team",
                "if it passes, deploy it"
            ),
        ]
    )
    func pronouns(example: StepCase) async throws { try await check(example) }

    @Test(
        "constraints stay with their step",
        arguments: [
            StepCase("Find a recipe for pasta but don't use garlic.", "Find a recipe for pasta but don't use garlic"),
            StepCase(
                "Create a report. Use the metric system and make sure that it is short. Then print it.",
                "Create a report. Use the metric system and make sure that it is short",
                "print the report"
            ),
            StepCase(
                "Book a room. The date is May 5. Also, order lunch.",
                "Book a room. The date is May 5",
                "order lunch"
            ),
            StepCase("If it rains tomorrow, send me an email", "If it rains tomorrow, send me an email"),
            StepCase(
                "Check the balance, and after confirming the balance, buy 1000 shares.",
                "Check the balance",
                "buy 1000 shares"
            ),
            StepCase(
                "Analyze the gene and provide me with the findings",
                "Analyze the gene and provide me with the findings"
            ),
        ]
    )
    func constraints(example: StepCase) async throws { try await check(example) }

    @Test(
        "context and announcements are dropped when something else is asked",
        arguments: [
            StepCase(
                "I'm planning a trip to Paris and I need a hotel. Also check the weather there.",
                "a hotel",
                "check the weather in Paris"
            ),
            StepCase(
                "I need help with two things. First, rename the files. Second, archive them.",
                "rename the files",
                "archive the files"
            ),
            StepCase(
                "Please do the following: download the CSV, remove duplicates, and plot the results.",
                "download the CSV",
                "remove duplicates",
                "plot the results"
            ),
            StepCase("I'm planning to buy a phone, can you compare prices?", "compare prices"),
            StepCase("My washing machine leaks. Schedule a repair for Monday.", "Schedule a repair for Monday"),
            StepCase(
                "Encrypt the disk. Then wipe it. Please execute these tasks.",
                "Encrypt the disk",
                "wipe the disk"
            ),
            StepCase(
                "I'm interested in fashion trends. Can you suggest the latest clothing items?",
                "suggest the latest clothing items (fashion trends)"
            ),
            StepCase(
                "I plan to move the alarm to 7:00 and then cancel the other one",
                "move the alarm to 7:00",
                "cancel the other one"
            ),
            StepCase("I have a dog.", "I have a dog"),
        ]
    )
    func context(example: StepCase) async throws { try await check(example) }

    @Test(
        "lists are steps",
        arguments: [
            StepCase("1. fetch data\n2. clean the table\n3. plot", "fetch data", "clean the table", "plot"),
            StepCase(
                "- fetch the page\n- parse the table\n- store it",
                "fetch the page",
                "parse the table",
                "store the table"
            ),
            StepCase(
                "Tasks: 1) open the browser 2) search for shoes 3) add the cheapest to the cart",
                "open the browser",
                "search for shoes",
                "add the cheapest to the cart"
            ),
            StepCase("Step 1: read the file. Step 2: convert to PDF.", "read the file", "convert to PDF"),
            StepCase("fetch the page\nparse the table", "fetch the page", "parse the table"),
            StepCase("• wash the car\n• walk the dog", "wash the car", "walk the dog"),
        ]
    )
    func lists(example: StepCase) async throws { try await check(example) }

    @Test(
        "questions are steps",
        arguments: [
            StepCase(
                "What is the weather in Paris and how do I get there?",
                "What is the weather in Paris",
                "how do I get there"
            ),
            StepCase(
                "Is it going to rain today? Also, can you suggest a museum?",
                "Is it going to rain today",
                "suggest a museum"
            ),
            StepCase("Can you tell me how to deploy a container?", "tell me how to deploy a container"),
        ]
    )
    func questions(example: StepCase) async throws { try await check(example) }

    @Test(
        "an unknown verb among actions is an action",
        arguments: [
            StepCase(
                "frobnicate the data, quuxify the table, and email the results to bob@x.com",
                "frobnicate the data",
                "quuxify the table",
                "email the results to bob@x.com"
            ),
            StepCase(
                "Could you defenestrate the logs and archive the rest?",
                "defenestrate the logs",
                "archive the rest"
            ),
        ]
    )
    func unknownVerbs(example: StepCase) async throws { try await check(example) }

    @Test(
        "a request in another language does not fall apart",
        arguments: [
            StepCase("搜索航班，然后预订酒店。最后发邮件给我。", "搜索航班", "然后预订酒店", "最后发邮件给我"),
            StepCase("東京の天気を調べて、レポートを作成してください。", "東京の天気を調べて、レポートを作成してください"),
            StepCase(
                "Busca vuelos a Madrid, luego reserva un hotel. Por último envía un correo.",
                "Busca vuelos a Madrid",
                "reserva un hotel",
                "envía un correo"
            ),
            StepCase("Finde Flüge nach Rom, dann buche ein Hotel.", "Finde Flüge nach Rom", "buche ein Hotel"),
            StepCase(
                "Rechercher des vols pour Paris et réserver un hôtel.",
                "Rechercher des vols pour Paris et réserver un hôtel"
            ),
            StepCase(
                "Найди рейсы в Париж, затем забронируй отель и отправь письмо.",
                "Найди рейсы в Париж",
                "забронируй отель и отправь письмо"
            ),
        ]
    )
    func otherLanguages(example: StepCase) async throws { try await check(example) }

    @Test("spans point at the words a step came from")
    func spans() async throws {
        let request = "Please download the data, then plot it for me."
        let spans = try await LocalDecomposer().decompose(request).subtasks.compactMap(\.span)
        let utf8 = Array(request.utf8)
        #expect(spans.map { String(decoding: utf8[$0], as: UTF8.self) } == ["download the data", "plot it for me"])
    }

    @Test("the clearer the cue, the higher the confidence")
    func confidence() async throws {
        func confidence(_ request: String) async throws -> Double {
            try #require(try await LocalDecomposer().decompose(request).subtasks.first).confidence
        }
        let asked = try await confidence("Please compute the mean")
        let named = try await confidence("I need a new camera")
        let foreign = try await confidence("Finde Flüge nach Rom")
        let nothing = try await confidence("the blue house")
        #expect(asked > named)
        #expect(named > foreign)
        #expect(foreign > nothing)
    }
}
