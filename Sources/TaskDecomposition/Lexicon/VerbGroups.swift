/// Verbs that name the same act, so that two of them with one object are one step: "analyze and assess the data".
enum VerbGroups {
    private static let groups: [Set<String>] = [
        ["analyze", "analyse", "assess", "evaluate", "examine", "review", "inspect", "audit", "investigate", "study"],
        ["check", "verify", "confirm", "validate", "ensure"],
        ["find", "search", "locate", "identify", "discover"],
        ["track", "monitor", "watch", "follow"],
        ["create", "make", "generate", "build", "produce", "develop", "design"],
        ["send", "deliver", "forward"],
        ["update", "modify", "amend", "change", "edit", "adjust", "revise"],
        ["delete", "remove", "erase", "clear", "drop"],
        ["get", "retrieve", "fetch", "obtain", "collect", "gather"],
        ["book", "reserve", "order"],
        ["inquire", "query", "ask"],
    ]

    /// Make sure of what the verb before them has done.
    private static let confirming: Set<String> = ["confirm", "verify"]

    /// Ask for information, which a delivery verb then only hands over.
    private static let asking: Set<String> = [
        "inquire", "query", "check", "find", "search", "look", "get", "retrieve", "fetch", "obtain", "calculate",
        "compute",
    ]

    /// Whether two coordinated verbs with one object are one act.
    static func isOneAct(_ first: Token, _ second: Token) -> Bool {
        if confirming.contains(second.word) { return true }
        if asking.contains(first.word), second.classes.contains(.deliveryVerb) { return true }
        return groups.contains { $0.contains(first.word) && $0.contains(second.word) }
    }
}
