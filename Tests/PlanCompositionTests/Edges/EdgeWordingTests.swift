import Testing

@testable import PlanComposition

@Suite("Edges from the wording of a request")
struct EdgeWordingTests {
    struct Case: CustomTestStringConvertible {
        var request: String
        var edges: [String]

        init(_ request: String, _ edges: String...) {
            self.request = request
            self.edges = edges
        }

        var testDescription: String { request }
    }

    private func check(_ expected: Case, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(MarkedRequest(expected.request).reasonedEdges == expected.edges, sourceLocation: sourceLocation)
    }

    @Test(
        "follow what pronouns and result nouns stand for",
        arguments: [
            Case(
                "[Download the dataset], [transform it], and [create a visual report]",
                "1>2 reference",
                "2>3 elision"
            ),
            Case(
                "[Scrape product reviews], [run sentiment analysis on them] and [post a summary to Slack]",
                "1>2 reference",
                "2>3 elision"
            ),
            Case("[Find the lyrics of 'Imagine'] and then [translate them to Spanish]", "1>2 reference"),
            Case("[Run the benchmark] and [email me the results]", "1>2 reference"),
            Case("[Get a random joke] and [send it as an SMS to 555-1234]", "1>2 reference"),
            Case("[Query the sales table] and [convert this to EUR]", "1>2 reference"),
            Case("[List the open issues], [label each of them] and [close those]", "1>2 reference", "2>3 reference"),
            Case("[Search for papers on CRISPR]. [Rank these by citations].", "1>2 reference"),
            Case("[Find restaurants nearby] and [get their reviews]", "1>2 reference"),
            Case("[Calculate the sales tax on $500] and then [see how much that is in euros]", "1>2 reference"),
            Case("First [run static analysis], feed the results into [rename files in bulk]", "1>2 reference"),
            Case("[Fetch the page], use it to [build an index]", "1>2 reference"),
            Case("[Find flights to Rome] and [book the cheapest one]", "1>2 reference"),
            Case("[Upload the photos] and [send me the link]", "1>2 reference"),
            Case("[Check the weather] in Paris. If it rains, [book a museum ticket]"),
        ]
    )
    func references(_ expected: Case) { check(expected) }

    @Test(
        "follow noun phrases to the step that yields the thing",
        arguments: [
            Case("[Calculate the BMI], [validate the email a@b.org], and [encrypt the BMI]", "1>3 mention"),
            Case("[Record audio for 10 seconds], [get a joke], and [send the recorded audio to Bob]", "1>3 mention"),
            Case("[Convert 100 USD to EUR]. [Calculate the square of the converted amount].", "1>2 mention"),
            Case("[Create an invoice for Bob], then [encrypt the invoice's number]", "1>2 mention"),
            Case("[Translate the news to German], [send the translation to b@c.org]", "1>2 mention"),
            Case("[Train a model on sales.csv]. [Deploy the model].", "1>2 mention"),
            Case(
                "[Calculate the profit], [convert the profit to EUR], and [add the profit to the ledger]",
                "1>2 mention",
                "1>3 mention"
            ),
            Case(
                "[Clean the dataset], [sort the dataset by date], and [plot the dataset]",
                "1>2 mention",
                "2>3 mention"
            ),
            Case("[Find the song 'Happy'] and [find the song 'Imagine']"),
            Case("[Get the stock price of Apple] and [get the stock price of Google]"),
            Case("[Search for movie reviews] and [check the grammar of the sentence 'I like movies']"),
        ]
    )
    func mentions(_ expected: Case) { check(expected) }

    @Test(
        "fill in what a step leaves out",
        arguments: [
            Case("[Load sales.csv], [clean] and [plot]", "1>2 elision", "2>3 elision"),
            Case("[Extract the text from scan.pdf] and [translate to French]", "1>2 elision"),
            Case("[Fetch the logs] and [save to disk]", "1>2 elision"),
            Case("[clean] and [plot the data in sales.csv]", "1>2 elision"),
            Case("[Check the uptime], [book a room]. After that, [tell the team].", "1>3 elision", "2>3 elision"),
            Case("[Check the uptime] and [email Bob the minutes]"),
            Case("[Check the uptime], [check the disk usage], and [write a report]", "1>3 elision", "2>3 elision"),
            Case("[Monitor the servers] and [notify the team]", "1>2 elision"),
            Case("[Check the uptime] and [write a report on climate change]"),
            Case("[Check the uptime] and [search for flights to Rome]"),
            Case("[Check the uptime] and [send 'All good' to Bob]"),
        ]
    )
    func elisions(_ expected: Case) { check(expected) }

    @Test(
        "keep an order the request insists on",
        arguments: [
            Case("[Run the tests], then [deploy the service]", "1>2 order"),
            Case("[Notify the team] and then [fetch game stats]", "1>2 order"),
            Case("[Back up the database] before [upgrading the server]", "1>2 order"),
            Case("Before [upgrading the server], [back up the database]", "2>1 order"),
            Case("Before [deploying], [run the tests] and [back up the database]", "2>1 order", "3>1 order"),
            Case("After [upgrading the server], [run the smoke tests]", "1>2 order"),
            Case("[Send the newsletter] after [updating the subscriber list]", "2>1 order"),
            Case(
                "[Format the code], next [track delivery status], and then [get weather data]",
                "1>2 order",
                "2>3 order"
            ),
            Case("[Create the campaign 'Spring']. After creating the campaign, [post to Facebook].", "1>2 order"),
            Case("[Merge the branch]. Then [restart the server].", "1>2 order"),
        ]
    )
    func orders(_ expected: Case) { check(expected) }

    @Test(
        "are absent where nothing makes a step wait",
        arguments: [
            Case("[Get the weather in Paris] and [get the news about France]"),
            Case("[Translate 'hello' to French], [roll a die] and [play some jazz]"),
            Case("[Book a table for two]. Also, [order flowers]."),
            Case("[Find the lyrics of 'Imagine'], then [get the details of the movie 'Inception']"),
            Case("[Retrieve the usage statistics]. Then, [retrieve the opening hours]. Finally, [check the schedule]."),
            Case("[Resize the banner]; meanwhile, [check the spelling]"),
        ]
    )
    func independence(_ expected: Case) { check(expected) }

    @Test(
        "split and join branches",
        arguments: [
            Case(
                "First [provision new servers], then [check compliance], [create a task list] in parallel, "
                    + "and finally [generate thumbnails]",
                "1>2 order",
                "1>3 order",
                "2>4 order",
                "3>4 order"
            ),
            Case(
                "[Download the report], [translate it] and also [summarize it]",
                "1>2 reference",
                "1>3 reference"
            ),
            Case(
                "[Get the weather], [get the traffic], then [plan the route], and [pack the bags]",
                "1>3 order",
                "2>3 order",
                "1>4 order",
                "2>4 order"
            ),
            Case(
                "[Fetch the sales], [fetch the costs], and finally [compare both]",
                "1>3 reference",
                "2>3 reference"
            ),
            Case(
                "[Validate SSL certificates], [monitor uptime], and [summarize everything]",
                "1>3 reference",
                "2>3 reference"
            ),
        ]
    )
    func branches(_ expected: Case) { check(expected) }

    @Test("keep the order of a request whose language is not read")
    func unreadLanguage() {
        let request = MarkedRequest("[下载数据集]，[转换数据]，[生成可视化报告]")
        #expect(request.reasonedEdges == ["1>2 unread", "2>3 unread"])
    }
}
