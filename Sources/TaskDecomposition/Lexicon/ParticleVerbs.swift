/// Verbs that take their object through a particle or a preposition: "search for", "log in", "turn on".
enum ParticleVerbs {
    static let words: Set<String> = [
        "back", "call", "chat", "check", "clean", "close", "log", "look", "pay", "pick", "point", "post", "print",
        "push",
        "reply", "report", "respond", "scale", "search", "sign", "sort", "speak", "start", "switch", "talk", "turn",
        "wait", "walk", "work", "wrap", "play", "pull", "shut", "break", "follow", "head", "hand", "clear", "group",
        "zoom",
        "book", "filter", "set", "sign", "fill", "spin", "write", "tune", "roll", "type", "split", "notice", "order",
        "travel", "drive", "fly", "return",
    ]
}
