/// How much a session shows and keeps.
public struct SessionOptions: Sendable, Hashable {
    /// Most tokens of the menu.
    public var menuTokens: Int
    /// Most tokens that documents and schemas of loaded skills take together; beyond, the skill that was not used for
    /// longest is unloaded.
    public var loadedTokens: Int
    /// Most tools of one skill whose schemas are given in full when it is loaded without naming any.
    public var fullTools: Int
    /// Most bytes of a result's text that are handed to a model.
    public var resultBytes: Int
    /// Skills loaded at once when a session starts, beyond which it warns that the menu is of no use any more.
    public var startUpSkills: Int
    /// Longest duration of a call.
    public var callDeadline: Duration

    public init(
        menuTokens: Int = 2_000,
        loadedTokens: Int = 24_000,
        fullTools: Int = 8,
        resultBytes: Int = 24 << 10,
        startUpSkills: Int = 5,
        callDeadline: Duration = .seconds(60)
    ) {
        self.callDeadline = callDeadline
        self.menuTokens = menuTokens
        self.loadedTokens = loadedTokens
        self.fullTools = fullTools
        self.resultBytes = resultBytes
        self.startUpSkills = startUpSkills
    }
}
