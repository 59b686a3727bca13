/// Expressions that may stand before what a clause really says.
enum OpeningPhrases {
    enum Meaning: Sendable, Hashable {
        case connective(Connective)
        case sequence, ambiguousSequence, addition, filler, ambiguousFiller, request, desire, intention

        /// Whether the expression keeps its meaning with an adverb inside: "I would also like to".
        var letsAdverbsIn: Bool { self == .request || self == .desire || self == .intention }
    }

    private static let connectives: [(meaning: Meaning, list: String)] = [
        (
            .connective(.then),
            """
            then, and then, and after that, and afterwards, and afterward, and finally, and lastly, \
            and subsequently, and next, after that, afterwards, afterward, finally, lastly, subsequently, \
            followed by, and thereafter, but then, and only then
            """
        ),
        (
            .connective(.also),
            """
            also, and also, and additionally, and in addition, and furthermore, additionally, but also
            """
        ),
        (.connective(.and), "and, plus, as well as, along with, together with, in addition to"),
        (.connective(.but), "but"),
        (.connective(.before), "before, prior to"),
        (.connective(.or), "or, or else, or alternatively"),
    ]

    /// The connectives that may open a clause in the middle of a sentence.
    static let connectiveTable = PhraseTable(connectives)

    /// Every expression that may open a clause.
    static let table = PhraseTable(
        connectives + [
            (.sequence, sequence), (.ambiguousSequence, ambiguousSequence), (.addition, addition), (.filler, filler),
            (.ambiguousFiller, ambiguousFiller), (.request, request), (.desire, desire), (.intention, intention),
        ]
    )

    /// Place the clause in an order.
    private static let sequence = """
        after which, after doing so, after doing that, after doing this, thereafter, later on, \
        last but not least, eventually, ultimately, as a last step, as a final step, as a first step, \
        first of all, firstly, secondly, thirdly, fourthly, fifthly, to start, to start with, to start off, \
        to begin, to begin with, for starters, meanwhile, at the same time, simultaneously, in the meantime, \
        in parallel, once done, once finished, once completed, once that is done, once that's done, \
        once this is done, when done, when finished, when that is done, when that's done, when you are done, \
        when you're done, once you are done, once you're done
        """

    /// The same, but nouns may follow these words as well: `first class`, `next week`.
    private static let ambiguousSequence = """
        first, second, third, fourth, fifth, next, last, now, after this, following that, following this, \
        later, in the end, at the end
        """

    /// Say that more is wanted.
    private static let addition = """
        in addition, in addition to that, in addition to this, on top of that, on top of this, furthermore, \
        moreover, further, besides, besides that, besides this, apart from that, aside from that, likewise, \
        similarly, as well, while you're at it, while you are at it, by the way, btw
        """

    /// Carry nothing that a step needs.
    private static let filler = """
        so, ok, okay, alright, hi, hello, hey, hi there, hello there, hey there, good morning, good afternoon, \
        good evening, dear assistant, greetings, thanks, thanks a lot, thanks in advance, many thanks, \
        thank you, thank you very much, thank you so much, thank you in advance, thank you for your help, \
        thank you for your assistance, thanks for your help, cheers, sorry, excuse me, however, therefore, \
        thus, hence, otherwise, as a result, accordingly, if so, if not, if possible, if you can, specifically, \
        in particular, ideally, preferably, alternatively, to do so, to achieve this, to accomplish this, \
        on this basis, immediately, automatically, again, just, simply, quickly, kindly, please, pls, plz, \
        any suggestions, any ideas, any recommendations, any advice, make sure to, make sure you, be sure to, \
        remember to, don't forget to, do not forget to, please note that, \
        if it's not too much trouble, if it is not too much trouble, if you don't mind, if you do not mind, \
        if that's ok, if that is ok, if that's okay, when you have a minute, when you have a moment, \
        when you have time, when you get a chance, quick question, a quick question, one quick question, \
        hope you're well, hope you are well, i hope you're well, i hope you are well, hope you're doing well, \
        hope you are doing well, i hope you're doing well, i hope you are doing well, \
        hope this finds you well, i hope this finds you well, do me a favor, do me a favour
        """

    /// The same, but they may also stand for a part of the clause: "with this data".
    private static let ambiguousFiller = """
        for this, for that, with that, with this, based on this, based on that, right, well, in that case, \
        in this case, to do this, to do that, for this purpose, for this task, if needed, if necessary
        """

    /// Ask for the verb that follows.
    private static let request = """
        could you, can you, would you, will you, can we, could we, can i, could i, may i, you can, you could, \
        you should, you must, you need to, you have to, i need to, i need you to, i want to, i want you to, \
        i would like to, i would like you to, i would love to, i would love you to, i'd like to, \
        i'd like you to, i'd love to, i'd love you to, i wish to, i wish you to, i have to, i must, \
        i require you to, i expect you to, i should, i am looking to, i'm looking to, i am trying to, \
        i'm trying to, i ask you to, i will need to, i'll need to, i will need you to, i'll need you to, \
        we need to, we want to, we would like to, we'd like to, we have to, we should, we must, let's, let us, \
        need to, want to, would like to, wish to, like to, i may need to, i may also need to, i might need to, \
        need you to, want you to, would like you to, help me, help me to, help us, help us to, help to, \
        can you help me, can you help me to, could you help me, could you help me to, can you help, \
        could you help, would you help me, will you help me, are you able to, is it possible to, \
        would it be possible to, is there any way to, is there a way to, would you mind, do you mind, \
        it would be great if you could, it would be nice if you could, it would be helpful if you could, \
        it would be great if you can, i would appreciate it if you could, i'd appreciate it if you could, \
        i would appreciate if you could, i would be grateful if you could, i was wondering if you could, \
        i was wondering if you can, i am wondering if you could, i'm wondering if you could, \
        i was wondering whether you could, i am wondering whether you could, i'm wondering whether you could, \
        i wonder if you could, i wonder whether you could, go ahead and, go and, try to, feel free to, proceed to, proceed by, continue to, \
        continue by, continue with, start by, start off by, begin by, start with, begin with, finish by, \
        finish up by, finish with, end by, end with, conclude by, conclude with, wrap up by, follow up by, \
        use it to, use them to, use this to, use that to, use these to, use the results to, use the result to, \
        use the output to, use the data to, using it to, using them to, your task is to, the task is to, \
        the goal is to, my goal is to, the aim is to, i am asking you to, assist me in, assist me with, \
        assist me to, help me with, help me in, help with, can you assist me in, can you assist me with, \
        could you assist me in, could you assist me with, i need help to, i need help with, i need help in, \
        i need your help to, i need your help with, i need your help in, i need assistance to, \
        i need assistance with, i need assistance in, i need your assistance to, i need your assistance with, \
        i need your assistance in, i need some help with, i need some help to, i need some assistance with, \
        i need some assistance in, i need some help in, i would like help with, i would like some help with, \
        i'd like help with, i am looking for help with, i'm looking for help with, i require assistance with, \
        i require assistance in, i require help with, i hope you can, i hope you could, i hope that you can, \
        i hope to, i am hoping to, i'm hoping to, i need help, i need some help, i need assistance, \
        i need some assistance, be so kind as to, be so kind to, be kind enough to, would you be so kind as to, \
        would you be so kind to, would you be kind enough to, could you be so kind as to, \
        i'd be grateful if you could, i'd be grateful if you would, i would be grateful if you would, \
        i would be happy if you could, i'd be happy if you could, it'd be great if you could, \
        it'd be nice if you could, i'd appreciate if you could, \
        do you know, do you happen to know
        """

    /// Ask for the thing that follows.
    private static let desire = """
        i need, i want, i would like, i'd like, i would love, i'd love, i require, i seek, we need, we want, \
        we would like, we'd like, we require, i am looking for, i'm looking for, we are looking for, \
        we're looking for, looking for, i am interested in, i'm interested in, i am searching for, \
        i'm searching for, i am seeking, i'm seeking, i am curious about, i'm curious about, i could use, \
        i will need, i'll need, would like, interested in, i am in need of, i'm in need of, i wish for, \
        i am after, i wonder, i'm wondering, i am wondering, i was wondering
        """

    /// Say what the speaker does, not what is asked.
    private static let intention = """
        i plan to, i am planning to, i'm planning to, i intend to, i am going to, i'm going to, i am about to, \
        i'm about to, i decided to, i have decided to, i've decided to, i will be, i'll be, i'm thinking of, \
        i am thinking of, i'm considering, i am considering, i'm thinking about, i am thinking about, \
        we plan to, we are planning to, we're planning to, we are going to, we're going to
        """
}
