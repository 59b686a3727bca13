import LanguageModels
import Testing

@testable import TaskDecomposition

@Suite("Steps in a model's reply")
struct StepListParserTests {
    private static let request = "Download the dataset, transform it, and create a visual report"

    private func parse(_ text: String, _ reason: FinishReason = .stop) -> ParsedSteps {
        StepListParser.parse(ChatReply(text: text, usage: .none, finishReason: reason), request: Self.request)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let reply: String
        let steps: [String]

        init(_ name: String, _ reply: String, _ steps: [String] = ["Download it", "Transform it", "Plot it"]) {
            testDescription = name
            self.reply = reply
            self.steps = steps
        }
    }

    @Test(
        "are the elements of a JSON array, wherever it stands",
        arguments: [
            Case("alone", #"["Download it", "Transform it", "Plot it"]"#),
            Case("over several lines", "[\n  \"Download it\",\n  \"Transform it\",\n  \"Plot it\"\n]\n"),
            Case("in a block of code", "```json\n[\"Download it\", \"Transform it\", \"Plot it\"]\n```"),
            Case("in nested blocks", "````\n```json\n[\"Download it\", \"Transform it\", \"Plot it\"]\n```\n````"),
            Case("in prose", #"Sure! Here you go: ["Download it", "Transform it", "Plot it"]. Shall I start?"#),
            Case("after thoughts", #"<think>maybe ["a", "b"]?</think>["Download it", "Transform it", "Plot it"]"#),
            Case("after a citation", #"As in [1] and [ ]: ["Download it", "Transform it", "Plot it"]"#),
            Case("after a short example", #"A list ["like this"]: ["Download it", "Transform it", "Plot it"]"#),
            Case("in an object", #"{"steps": ["Download it", "Transform it", "Plot it"], "count": 3}"#),
            Case("of objects", #"[{"id": 1, "task": "Download it"}, {"step": "Transform it"}, {"text": "Plot it"}]"#),
            Case(
                "of objects with lists in them",
                #"[{"step": 1, "description": "Download it", "needs": ["x", "y"]}]"#,
                ["Download it"]
            ),
            Case(
                "of objects with one text",
                #"[{"n": 1, "was": "Download it"}, {"n": 2, "was": "Transform it"}]"#,
                ["Download it", "Transform it"]
            ),
            Case("of arrays", #"[["Download it", "api"], ["Transform it", "csv"], ["Plot it"]]"#),
            Case("with numbers inside", #"["1. Download it", "2) Transform it", "Step 3: Plot it"]"#),
            Case("with what is no text", #"["Download it", 7, null, "", "Transform it", {}, "...", "Plot it"]"#),
            Case("with a comma at its end", #"["Download it", "Transform it", "Plot it",]"#),
            Case("in single quotes", #"['Download it', 'Transform it', 'Plot it']"#),
            Case(
                "with apostrophes",
                #"['Read the user's mail', "It's a test"]"#,
                ["Read the user's mail", "It's a test"]
            ),
            Case(
                "with quotes inside",
                #"["Search for "cats" online", "Plot it"]"#,
                [#"Search for "cats" online"#, "Plot it"]
            ),
            Case(
                "with quotes and commas inside",
                #"["Search for "cats, dogs" online", "Plot it"]"#,
                [#"Search for "cats, dogs" online"#, "Plot it"]
            ),
            Case("with escaped quotes", #"["Search for \"cats\"", "Plot\tit",]"#, [#"Search for "cats""#, "Plot it"]),
            Case("with line breaks in strings", "[\"Download\n it\", \"Plot it\"]", ["Download it", "Plot it"]),
            Case("with brackets in strings", #"["Fill [x] and {y}", "Plot it"]"#, ["Fill [x] and {y}", "Plot it"]),
            Case("in Chinese", "好的：[\"下载数据集\", \"转换数据\", \"生成图表\"]", ["下载数据集", "转换数据", "生成图表"]),
            Case("in Arabic", #"["نزّل البيانات", "ارسم"]"#, ["نزّل البيانات", "ارسم"]),
        ]
    )
    func array(_ example: Case) {
        let parsed = parse(example.reply)
        #expect(parsed.steps == example.steps)
        #expect(parsed.form == .jsonArray)
        #expect(parsed.diagnostics.isEmpty)
    }

    @Test(
        "of an array that breaks off are those that were written",
        arguments: [
            Case("inside a string of several words", #"["Download it", "Transform it", "Plot it"#),
            Case("inside a word", #"["Download it", "Transform it", "Plo"#, ["Download it", "Transform it"]),
            Case("after an element", #"["Download it", "Transform it", "Plot it""#),
            Case("after a comma", #"["Download it", "Transform it", "Plot it", "#),
            Case(
                "inside an object's text",
                #"[{"task": "Download it"}, {"task": "Transform it"#,
                ["Download it", "Transform it"]
            ),
            Case(
                "inside an object",
                #"[{"task": "Download it"}, {"task": "Transform it""#,
                ["Download it", "Transform it"]
            ),
            Case("before an object's text", #"[{"task": "Download it"}, {"ta"#, ["Download it"]),
            Case("inside a block of code", "```json\n[\"Download it\", \"Transform it\", \"Plot it\"", ),
        ]
    )
    func brokenArray(_ example: Case) {
        let parsed = parse(example.reply, .length)
        #expect(parsed.steps == example.steps)
        #expect(parsed.form == .jsonArray)
        #expect(
            parsed.diagnostics == ["the model's reply breaks off inside its list, after step \(example.steps.count)"]
        )
    }

    @Test(
        "are list items where there is no array",
        arguments: [
            Case("numbered", "1. Download it\n2. Transform it\n3. Plot it"),
            Case("numbered without spaces", "1.Download it\n2.Transform it\n3.Plot it"),
            Case("in brackets", "(1) Download it\n(2) Transform it\n(3) Plot it"),
            Case("with an introduction", "Here is the plan:\n\n1) Download it\n2) Transform it\n3) Plot it\n\nReady?"),
            Case("bulleted", "- Download it\n- Transform it\n- Plot it"),
            Case("with round bullets", "• Download it\n•Transform it\n• Plot it"),
            Case("with boxes", "- [ ] Download it\n- [x] Transform it\n* [ ] Plot it"),
            Case("in bold", "**1. Download it**\n**2.** Transform it\n3. **Plot it**"),
            Case("as headings", "### Step 1: Download it\ntext\n### Step 2: Transform it\n### Step 3 - Plot it"),
            Case("with details below", "1. Download it\n   - with curl\n   - or wget\n2. Transform it\n3. Plot it"),
            Case("nested", "- Download it\n    - fast\n- Transform it\n    - 2 files\n- Plot it"),
            Case("quoted", "1. \"Download it\",\n2. 'Transform it'\n3. `Plot it`"),
            Case("without markers", "Download it\nTransform it\nPlot it"),
            Case("without markers, with a colon line", "Steps:\nDownload it\r\nTransform it\r\nPlot it\r\n"),
            Case("in a block of code", "```\n1. Download it\n2. Transform it\n3. Plot it\n```"),
            Case("in Chinese", "步骤1：下载数据集\n步骤2：转换数据", ["下载数据集", "转换数据"]),
            Case("in Chinese, counted", "第1步：下载数据集\n第2步：转换数据\n", ["下载数据集", "转换数据"]),
            Case(
                "in German",
                "Schritt 1: Daten laden\nSchritt 2: Diagramm zeichnen",
                ["Daten laden", "Diagramm zeichnen"]
            ),
            Case("one only", "- Download it", ["Download it"]),
            Case(
                "with numbers in the text",
                "1. Take 3-day trips\n2. Copy 1.5 GB",
                ["Take 3-day trips", "Copy 1.5 GB"]
            ),
        ]
    )
    func lines(_ example: Case) {
        let parsed = parse(example.reply)
        #expect(parsed.steps == example.steps)
        #expect(parsed.form == .lines)
        #expect(parsed.diagnostics.isEmpty)
    }

    @Test(
        "are the whole request where there is no list",
        arguments: [
            ("", "the model's reply is empty"),
            (" \n\t", "the model's reply is empty"),
            ("<think>I wonder whether", "the model's reply is empty"),
            ("<think>[\"a b\", \"c d\"]</think>", "the model's reply is empty"),
            ("[]", "the model's reply has no list of steps (\"[]\")"),
            ("[1, 2, 3]", "the model's reply has no list of steps (\"[1, 2, 3]\")"),
            ("Okay.", "the model's reply has no list of steps (\"Okay.\")"),
            (
                "To do this, you first download the data. Then you transform it.\nFinally you plot it. That is all.",
                "the model's reply has no list of steps (\"To do this, you first download the data. Then you "
                    + "transform it. Finally you plot…\")"
            ),
            ("}{\u{0}\u{7}][", "the model's reply has no list of steps (\"}{ ][\")"),
            (
                "<html><body>502 Bad Gateway</body></html>",
                "the model's reply has no list of steps (\"<html><body>502 Bad Gateway</body></html>\")"
            ),
            (
                "I'm sorry, but I can't help with that.",
                "the model declined (\"I'm sorry, but I can't help with that.\")"
            ),
            ("I can’t assist with this request.", "the model declined (\"I can’t assist with this request.\")"),
            ("[\"I cannot help with this request\"]", "the model declined (\"I cannot help with this request\")"),
            ("Es tut mir leid, das geht nicht.", "the model declined (\"Es tut mir leid, das geht nicht.\")"),
            ("很抱歉，我无法帮助您。", "the model declined (\"很抱歉，我无法帮助您。\")"),
            (
                "I cannot do that. You could:\n1. Ask someone\n2. Give up",
                "the model declined (\"I cannot do that. You could: 1. Ask someone 2. Give up\")"
            ),
        ]
    )
    func wholeRequest(reply: String, reason: String) {
        let parsed = parse(reply)
        #expect(parsed.steps == [Self.request])
        #expect(parsed.form == .wholeRequest)
        #expect(parsed.diagnostics == ["\(reason); the whole request is taken as one step"])
    }

    @Test("are the whole request where the provider withheld the reply")
    func withheld() {
        let parsed = parse("Downloading", .contentFilter)
        #expect(parsed.form == .wholeRequest)
        #expect(parsed.diagnostics == ["the model's reply was withheld; the whole request is taken as one step"])
    }

    @Test("are the whole request where the model thought until its tokens ran out")
    func endlessThought() {
        let parsed = parse("<think>I wonder whether", .length)
        #expect(parsed.form == .wholeRequest)
        #expect(parsed.diagnostics[0].contains("it ran out of tokens before an answer; the whole request"))
    }

    @Test("are limited in number, and that is said", arguments: [true, false])
    func manySteps(asArray: Bool) {
        let texts = (1...500).map { "Do thing \($0)" }
        let reply = asArray ? "[\(texts.map { "\"\($0)\"" }.joined(separator: ","))]" : texts.joined(separator: "\n")
        let parsed = parse(reply)
        #expect(parsed.steps == Array(texts.prefix(DecompositionLimits.maximumSteps)))
        #expect(parsed.diagnostics == ["the model listed 500 steps; the first 64 are kept"])
    }

    @Test("are limited in length")
    func longStep() {
        let parsed = parse("[\"\(String(repeating: "word-", count: 10_000))long\", \"short one\"]")
        #expect(parsed.steps[0].count == StepText.limit + 1)
        #expect(parsed.steps[0].hasSuffix("…"))
        #expect(parse("[\"\(String(repeating: "x", count: 70_000))\", \"b c\"]").steps.count == 1)
    }

    @Test("are always some, whatever the reply", arguments: 0..<8)
    func garbage(seed: Int) {
        let pieces = [
            "[", "]", "{", "}", "\"", "'", "\\", ",", ":", "a b", "1. ", "- ", "\n", "```", "null", "\u{0}", "é", "步",
            "<think>", "</think>", "“", "\"task\"", "第", "**", "I'm sorry",
        ]
        var state = UInt64(seed + 1)
        for _ in 0..<400 {
            var text = ""
            for _ in 0..<24 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int(state >> 33) % pieces.count]
            }
            let parsed = parse(text)
            #expect((1...DecompositionLimits.maximumSteps).contains(parsed.steps.count), "\(text)")
            #expect(parsed.steps.allSatisfy { !$0.isEmpty && $0.count <= StepText.limit + 1 }, "\(text)")
            #expect((parsed.form == .wholeRequest) == (parsed.steps == [Self.request]), "\(text)")
        }
    }

    @Test(
        "are found in a reply of nothing but brackets and quotes without trying every one",
        arguments: ["[", "[\"", "['"]
    )
    func brackets(unit: String) {
        #expect(!parse(String(repeating: unit, count: 20_000)).steps.isEmpty)
    }
}
