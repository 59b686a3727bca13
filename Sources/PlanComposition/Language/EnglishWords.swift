import SkillCatalog

/// Classes of English words by what they do in a request.
///
/// Sets of stems where forms do not matter (verbs, nouns), sets of words where they do (function words).
enum EnglishWords {
    // MARK: - Function words

    static let definiteArticles = words("the said")
    static let demonstratives = words("this that these those such")
    static let possessives = words("its their")
    static let indefiniteArticles = words("a an some any another one")
    static let quantifiers = words("each every all both")
    static let personalDeterminers = words("my our your his her")

    static let prepositions = words(
        """
        of for with in on from to by at using between based as via into about within over under through per against
        across during without onto toward towards upon regarding concerning including than like near around until
        """
    )
    static let conjunctions = words(
        "and or but nor so while when where which who whose that if because since whether how"
    )
    static let auxiliaries = words(
        "is are was were be been being am has have had do does did can could will would shall"
    )
    static let objectPronouns = words("it them they")

    /// Words that may stand before the verb of a step without being part of what is asked.
    static let openers = words(
        """
        please can could would you i we to me us also then and finally next now first second secondly third thirdly lastly
        last afterwards afterward subsequently just kindly should must ahead by followed automatically parallel separately
        additionally meanwhile simultaneously or but so after that plus later will be able further furthermore moreover
        eventually once in addition
        """
    )

    /// Verbs that open a step when another opener follows ("start by", "help me") and are its own verb otherwise.
    static let openingVerbs = words("start begin conclude finish need want like help have go let lets proceed continue")

    /// Everything that ends a noun phrase.
    static let functionWords: Set<String> =
        prepositions.union(conjunctions).union(auxiliaries).union(objectPronouns).union(definiteArticles)
        .union(demonstratives).union(possessives).union(indefiniteArticles).union(quantifiers)
        .union(personalDeterminers).union(words("then also not please only just there here i we you me us too already"))
        .union(
            words("should must may might what why both either neither once after before afterwards finally lastly much")
        )
        .union(words("need needs want wants like upon if"))

    // MARK: - Nouns

    /// "The results": whatever came out of the step before.
    static let resultNouns = words("result results output outputs outcome outcomes response responses findings")

    /// Steps spoken of as steps: "the previous call".
    static let callNouns = words("call calls step operation request response query search task action api")

    /// Nouns that say how something is given, not what it is: the BMI *value*, the invoice *id*.
    static let genericNouns = stems(
        """
        amount value number data result output information info detail list file text id name content item figure copy
        version message string object record option entry
        """
    )

    /// "This month" points to the calendar, not to a step.
    static let timeNouns = stems(
        """
        day month week year time morning afternoon evening night moment period point date weekend quarter purpose case topic
        task way kind type sort
        """
    )

    /// Nouns for people and places: "this city" points to the request, not to a result.
    static let entityNouns = stems(
        """
        location city patient user customer company person place area region country address team client species field
        organization library vehicle animal dog cat website site
        """
    )

    /// "This repository" is where the request is made from.
    static let workplaceNouns = stems(
        "repository repo folder directory project workspace codebase machine computer system"
    )

    /// What is made out of something else: a report has a subject even when the request does not repeat it.
    static let derivedNouns = stems(
        """
        report summary chart graph plot visualization dashboard diagram digest overview brief briefing presentation slides
        highlights infographic newsletter histogram heatmap recap synopsis visual graphic writeup
        """
    )

    /// "The resulting amount": what such a word qualifies came out of an earlier step.
    static let resultAdjectives = words("resulting resultant obtained previous above earlier aforementioned preceding")

    /// At the end of a phrase these choose from things named before: "the cheapest one".
    static let selectingWords = words(
        """
        one ones best worst latter former newest oldest largest biggest smallest highest lowest cheapest fastest slowest
        longest shortest nearest closest earliest latest strongest weakest
        """
    )

    // MARK: - Verbs

    /// Questions: they change nothing, so nothing is lost when they run early.
    static let queryVerbs = stems(
        "get find retrieve search fetch look check show list calculate compute determine know see view read tell"
    )

    /// The object of these is what they yield, not what they use.
    static let producingVerbs = stems(
        """
        calculate compute get find retrieve search fetch look obtain generate create make produce provide tell show list
        determine estimate check know gather collect record download scrape query give access view see compile build draft
        write compose design plan book schedule register draw open start initiate launch identify discover locate track
        predict forecast measure count evaluate assess monitor read load capture take crawl receive request return explore extract
        """
    )

    /// To make something out of something else.
    static let makingVerbs = stems(
        """
        create generate make write draft prepare produce build compile draw render compose post send share publish design
        plot export present put assemble deliver
        """
    )

    /// What comes out of these is called what went in: cleaned data are still the data.
    static let refiningVerbs = stems(
        """
        clean filter transform sort format update edit normalize process deduplicate merge enrich fix resize crop refine
        trim reorder annotate correct rewrite improve optimize preprocess reformat refactor
        """
    )

    /// Things that are hard to undo: the word "then" before them is an order.
    static let effectfulVerbs = stems(
        """
        deploy delete remove drop publish release push ship pay transfer restart shut terminate migrate submit upgrade
        uninstall wipe reset rollback revoke merge install overwrite archive destroy purge reboot
        """
    )

    /// What leaves the world different: run early, it may come too early.
    static let changingVerbs = effectfulVerbs.union(
        stems(
            """
            create update send post upload set add write schedule book order save store insert move rename enable disable
            configure notify email pay buy sell assign invite cancel backup turn import
            """
        )
    )

    /// To tell somebody; without saying what, it is what came before.
    static let tellingVerbs = stems(
        "notify alert inform tell email mail message text post share announce tweet send forward remind"
    )

    /// To hand something on: what they name and did not come up before is part of what came before.
    static let deliveringVerbs = stems(
        "send email mail text forward share post show return save export upload print give"
    )

    /// Verbs that are complete with a preposition: "search for", "log in to".
    static let prepositionalVerbs = stems(
        """
        search look log listen go integrate navigate subscribe connect wait sign register apply travel check ask talk
        think respond reply switch move travel fly drive browse focus work read bridge sync relate contribute participate
        """
    )

    static let knownVerbs: Set<String> =
        producingVerbs.union(refiningVerbs).union(effectfulVerbs).union(tellingVerbs).union(prepositionalVerbs)
        .union(
            stems(
                """
                analyze convert translate encrypt decrypt encode decode hash summarize transcribe extract parse visualize
                plot upload save store export import compress execute run test validate verify compare rank classify
                label tag segment cluster train fit detect recognize scan print add insert set configure enable disable
                schedule cancel order buy sell reserve invite assign backup back sync aggregate combine join split map
                profile benchmark audit review inspect debug lint compile organize rename copy move play render embed index
                automate integrate fill navigate click mock sign redact anonymize mask crawl use convert feed conclude understand
                assess ensure help learn
                """
            )
        )

    /// To see something or to be told it.
    static let lookingVerbs = stems(
        """
        get find show list view see look check search read tell know display describe inspect count fetch retrieve status log diff
        info history lookup explain
        """
    )

    static let questionWords = words("what which who whom whose when where why how whats")
    static let questionAuxiliaries = words("is are was were do does did has have am")

    // MARK: - Building

    static func words(_ text: String) -> Set<String> {
        Set(text.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
    }

    static func stems(_ text: String) -> Set<String> { Set(words(text).map(WordStem.of)) }
}
