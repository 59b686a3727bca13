/// The few words of other languages that the splitter knows.
enum ForeignWords {
    /// Articles, prepositions, pronouns and polite words that English does not have.
    static let common: Set<String> = Set(
        """
        el la los las del un una unos unas y e o para por con que en mi mis su sus es al lo como favor quiero necesito \
        der die das den dem des ein eine einen einem einer und oder für mit auf aus bei nach von zu zum zur im ist mir \
        mich bitte ich wir sie nicht alle mein meine \
        le les du une et ou pour avec dans sur au aux je tu nous vous mon ma mes ce cette est sont plaît veuillez \
        il gli di che per nel nella della dei delle sono mio mia voglio \
        os as um uma da dos das no na nos nas não meu minha quero preciso \
        de het een van voor met op naar ik wil mijn alstublieft aan \
        och att för med på som jag vill \
        i w z na do się dla oraz \
        bir ve için bu
        """
        .split(whereSeparator: \.isWhitespace).map(String.init)
    ).subtracting(["i", "do", "no", "as", "in", "on", "me", "he", "to", "an", "for", "so", "was", "die"])

    /// Words for "then", with and without an "and" before them: something else begins.
    static let sequence = PhraseTable<Void>(
        [
            (
                (),
                """
                luego, y luego, después, y después, entonces, finalmente, y finalmente, por último, y por último, \
                dann, und dann, danach, und danach, anschließend, und anschließend, schließlich, und schließlich, zuletzt, \
                puis, et puis, ensuite, et ensuite, enfin, et enfin, après, finalement, et finalement, \
                poi, e poi, dopo, e dopo, quindi, infine, e infine, depois, e depois, em seguida, por fim, e por fim, \
                finalmente, e finalmente, daarna, en daarna, vervolgens, en vervolgens, ten slotte, sedan, och sedan, \
                затем, и затем, потом, и потом, а потом, после этого, наконец, и наконец, далее, potem, a potem, następnie, \
                a następnie, sonra, ve sonra, потім, і потім
                """
            )
        ]
    )

    /// The same in scripts without spaces, where such a word begins a run of characters.
    static let ideographicSequence = [
        "然后", "然後", "接着", "接著", "之后", "之後", "随后", "隨後", "最后", "最後", "再", "并", "並", "同时", "同時", "另外", "此外", "还要", "請",
        "请",
        "次に", "それから", "そして", "その後", "最後に", "また",
    ]
}
