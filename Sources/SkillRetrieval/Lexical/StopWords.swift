/// Words that say nothing about what a text is about.
enum StopWords {
    /// English function words: articles, pronouns, prepositions, conjunctions, auxiliaries.
    static let english: Set<String> = Set(
        """
        a about above after again against all also am an and any are as at
        be because been before being below between both but by
        can could did do does doing down during each either
        few for from further had has have having he her here hers herself him himself his how
        i if in into is it its itself just
        may me might more most must my myself
        neither no nor not now of off on once only onto or other our ours ourselves out over own
        per please same shall she should so some such
        than that the their theirs them themselves then there these they this those through to too
        under until up upon us very via
        was we were what when where whether which while who whom whose why will with within without would
        you your yours yourself yourselves
        """
        .split { $0 == " " || $0 == "\n" }
        .map(String.init)
    )
}
