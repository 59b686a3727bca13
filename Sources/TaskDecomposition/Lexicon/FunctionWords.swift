/// The closed classes of English, and the few open ones that matter to requests.
enum FunctionWords {
    static let lists: [(classes: WordClasses, words: String)] = [
        (.determiner, determiners),
        (.objectPronoun, objectPronouns),
        (.subject, subjects),
        (.questionWord, "what how where when who whom whose which why what's where's who's how's when's"),
        (.auxiliary, auxiliaries),
        (.preposition, prepositions),
        (.conjunction, "and or but nor yet plus"),
        (.adverb, adverbs),
        (.condition, "if unless whether"),
        (.temporal, "after once when whenever upon while as before until since during"),
        (.subordinator, subordinators),
        (.announcement, announcements),
        (.quantity, quantities),
        (.particle, "up out off down over back away through along around together forward"),
        (.outcome, outcomes),
        (.englishOnly, englishOnly),
    ]

    private static let determiners = """
        the a an this that these those my your our his her its their all every each any some both another no either \
        neither several many most more enough such same whose
        """

    private static let objectPronouns = """
        me us it them him her this that these those myself yourself everything something anything everyone someone \
        anyone each all both one ones itself themselves
        """

    private static let subjects = """
        i we you he she they it there i'm i've i'd i'll we're we've we'd we'll you're you've you'd you'll he's she's \
        it's they're they've they'd they'll that's there's im ive
        """

    private static let auxiliaries = """
        is are was were am be been being do does did has have had can could will would shall should may might must \
        isn't aren't wasn't weren't don't doesn't didn't hasn't haven't hadn't can't couldn't won't wouldn't shouldn't \
        cannot needs
        """

    private static let prepositions = """
        of in on at to for from with by about into onto over under between among through across against within \
        without per via near around along towards toward than like unlike including regarding concerning based using \
        according due besides except beyond inside outside above below behind beside up down off out as
        """

    private static let adverbs = """
        also just then now first next finally lastly additionally again only really still already simply quickly \
        immediately automatically further furthermore afterwards afterward subsequently later eventually kindly \
        please maybe perhaps possibly specifically especially manually carefully directly currently soon together \
        firstly secondly thirdly meanwhile instead too even always either promptly separately properly basically \
        actually urgently temporarily briefly so not never once
        """

    private static let subordinators = """
        which who whom whose that because since although though whereas where so while as than why
        """

    private static let announcements = """
        help assistance support guidance advice assist aid task tasks thing things things request requests job jobs \
        favor favour hand
        """

    private static let quantities = """
        one two three four five six seven eight nine ten eleven twelve dozen hundred thousand million few many much \
        lot lots couple half
        """

    private static let outcomes = """
        result results finding findings output outputs outcome outcomes insight insights detail details information \
        recommendation recommendations status update updates answer answers explanation explanations summary \
        response feedback data
        """

    /// Words of English that the other languages with Latin letters hardly share.
    private static let englishOnly = """
        the of and to for with my your our their this that these those what how which who where when why please i \
        i'm i'd we you it it's is are was were be been have has had can could would should will from by at then after \
        before about into between all any some each every need want like help me give get then also if there them
        """
}
