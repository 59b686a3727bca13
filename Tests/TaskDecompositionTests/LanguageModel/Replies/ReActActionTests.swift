import Testing

@testable import TaskDecomposition

@Suite("The action of a ReAct turn")
struct ReActActionTests {
    @Test(
        "is the first the reply takes",
        arguments: [
            ("Thought: I need data.\nAction: search[download a file]", ReActAction.search("download a file")),
            (
                "Action: use[api-client | Download the dataset]",
                .use(skill: "api-client", purpose: "Download the dataset")
            ),
            ("Action: use[owner/api-client]", .use(skill: "owner/api-client", purpose: nil)),
            ("Action: use[a|b|c d]", .use(skill: "a", purpose: "b|c d")),
            ("Thought: all done\nAction: finish[]", .finish),
            ("Action: Finish", .finish),
            ("Final Answer: the report is ready", .finish),
            ("**Action:** search(\"plot [a] chart\")", .search("plot [a] chart")),
            ("Action 2: search[plot a chart", .search("plot a chart")),
            ("Action: search\nAction Input: plot a chart", .search("plot a chart")),
            ("Action: use\nAction Input: chart-gen | Plot it", .use(skill: "chart-gen", purpose: "Plot it")),
            ("Action: search: plot a chart", .search("plot a chart")),
            ("<think>Action: finish[]</think>Action: search[x y]", .search("x y")),
            ("Action: search[a b]\nObservation: none\nAction: finish[]", .search("a b")),
            ("Thought: hm\nObservation: none\nAction: finish[]", .unreadable),
            ("Action: dance[tango]", .unreadable),
            ("Action: search[]", .unreadable),
            ("Action: use[ | ]", .unreadable),
            ("Actions speak louder: than words", .unreadable),
            ("I will now search for it.", .unreadable),
            ("", .unreadable),
        ]
    )
    func table(reply: String, action: ReActAction) {
        #expect(ReActAction(reply: reply) == action)
    }
}
