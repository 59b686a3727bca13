/// Verbs of requests in their base form, by how safely a first word can be taken for one.
enum EnglishVerbs {
    /// Hardly ever nouns; enough on their own to begin a step.
    static let plain = """
        abbreviate abort accelerate accept accomplish accumulate achieve acquire activate adapt add adjust \
        administer adopt advertise advise afford aggregate agree align allocate allow allowlist alter amend \
        amplify analyse analyze animate annotate announce anonymise anonymize append apply appoint appraise \
        approve arrange ascertain ask assemble assess assign assist associate assume attach attain attend attract \
        augment authenticate authorize autocomplete automate autoscale avoid backfill backport be beautify become \
        begin binarize bind blacklist blocklist blur brainstorm bring browse build bump buy calculate calibrate \
        cancel capitalize caption categorise categorize celebrate centralize certify chain characterize \
        cherry-pick choose circulate clarify classify clusterize collaborate collate collect colorize colourize \
        combine come commence commission commit communicate compare compile complete comply compose compress \
        compute concatenate conclude conduct configure confirm connect conserve consider consolidate construct \
        consult containerize continue contribute convene convert convey cook cooperate coordinate correlate \
        create cross-reference cultivate curate customise customize deactivate debug decide declare decline \
        decode decommission decompose decompress decorate decrease decrypt deduct dedup dedupe deduplicate define \
        degrade delete deliver demonstrate denoise deobfuscate deploy deprecate derive describe deserialize \
        destroy detect determine develop devise diagnose dictate differentiate digest digitize disable \
        disassemble discard disconnect discover discretize discuss dismiss dispatch disseminate distinguish \
        distribute dive divide do dockerize donate double-check downsample dub earn edit educate elaborate \
        eliminate embed emit employ empower enable encode encourage encrypt enforce engage enhance enlarge enrich \
        enroll ensure enter entertain enumerate erase escalate establish evaluate evict examine exclude execute \
        expand explain explore export expose extend extract facilitate fact-check fetch fill filter finalize find \
        fine-tune finetune finish flatten follow forget formalize formulate foster gather generate geocode \
        geolocate get give go grab grant grow handcraft hear hide highlight hire hyperlink identify ignore \
        illustrate imagine implement import improve impute incorporate indicate infer inform ingest inherit \
        initialise initialize initiate inject inpaint inquire insert inspect inspire install instantiate instruct \
        integrate interact interlink interpolate interpret introduce invalidate invent invest investigate invite \
        invoke iterate join justify keep know learn leave lemmatize lend let leverage listen localise localize \
        locate login logout lookup maintain make manage manipulate manufacture materialize maximize measure meet \
        memoize memorize mention merge migrate minify minimize mitigate moderate modernize modify mount multiply \
        narrate navigate negotiate normalise normalize notarize notify obfuscate observe obtain occupy omit \
        onboard operate optimise optimize orchestrate organise organize orient overlay override oversample \
        oversee overwrite paginate parallelize paraphrase parse partition paste pay perform permit persist \
        persuade pick pinpoint point populate post-process postpone pour praise pre-process preach precompute \
        predict prefer prepare prepend preprocess prescribe preserve pretrain prettify prevent prioritise \
        prioritize probe proceed proclaim procure produce prohibit promote proofread propose protect prove \
        provide provision prune pseudonymize publish pull purge put quantify quarantine re-run reactivate read \
        reallocate rearrange reassign rebalance rebook reboot rebuild recalculate receive recheck reclaim \
        reclassify recognise recognize recommend recompute reconcile reconfigure reconnect reconstruct recover \
        recreate recruit recycle redact redeem redeploy redesign redial redirect redistribute redo reduce \
        reevaluate refactor refer refetch refine reformat refresh refuse regenerate regulate rehost reindex \
        reinforce reinstall reiterate reject relabel relate relax relay reload relocate remember remind remix \
        remove rename render renew renumber reorder reorganize repackage rephrase replace replicate repost \
        reproduce requeue require reroute rerun rescan reschedule resend reserve reshare resize resolve restart \
        restore restrict restructure resubmit resume retag retain rethink retrain retrieve retry reupload reuse \
        reveal reverse revise revoke rewrite rotate run sanitize save scaffold scan schedule scrape see seek \
        select sell send serialise serialize serve settle setup sharpen simplify simulate skip solve specify \
        spell spell-check squash standardise standardize stem stimulate strengthen strip stylize subdivide submit \
        subscribe subtract suggest summarise summarize supervise suspend sustain synchronise synchronize \
        synthesise synthesize tabulate take teach tell terminate thank think throttle throw tidy tokenise \
        tokenize transcode transcribe transform translate transliterate transmit transpose triage troubleshoot \
        truncate try tweak undersample understand undertake undo unify uninstall unite unlock unpack unsubscribe \
        unzip update upload upsample upsert utilise utilize validate vectorise vectorize verify visualise \
        visualize warn weigh whitelist win withdraw write yield zip
        """

    /// As often nouns or adjectives; they begin a step before a determiner, a plural, a name, a number or a quote.
    static let alsoNouns = """
        alert archive audit back backtest backup batch benchmark book bookmark bounce bridge broadcast buffer \
        bundle cache call cap change check chunk clean clear click clip clone close cluster coach collapse copy \
        count crawl crop cut delay delegate display download draft draw drop dump e-mail eat email escape \
        estimate exchange exit fax fix flag flip fold forecast fork forward freeze gauge graph grep guard guide \
        halt handle hash heal heat help hold hunt increase index insure judge jump kick kill label launch leak \
        lease lift limit link lint list load lock log look loop lose lower map mark mask match mimic mirror mix \
        mock monitor move mute narrow need nest note open outline pack paint park pass patch pause pin ping pipe \
        play plot plug poll post prefix preview print process prompt prototype purchase push query quote race \
        raise range rate rebase recap record recount refill refund register rent repair repay repeat replay reply \
        rescue research reset respond return review reward roll rollback round route sandbox scale score scout \
        screen screenshot scroll seal search secure seed segment separate sequence set shape share shift ship \
        shoot shop shorten show shred shuffle shut sign silence slice slow smooth snapshot snooze sort spend spin \
        split spread stamp start stay steer step stitch stop store stretch strike subtitle suffix surround survey \
        swap sweep swim switch sync tag talk tap target tax test timestamp toggle touch trace track transfer \
        treat trigger trim tune turn tutor tweet twist type upgrade upscale use vacuum vary view visit vote wait \
        wake want warm wash watch watermark weight whisper wipe worry wrap zoom
        """

    /// Far more often nouns; where a noun is possible they need a determiner, a pronoun or a quote after them.
    static let mostlyNouns = """
        access address advance aim alarm answer approach arrest attack attempt award balance ban bank bargain \
        base bid bill blend block blog board boost border bound box branch break breed brief brush bucket budget \
        camp campaign capture care cart cast catalog catalogue cause challenge charge chart chat cheat circle \
        claim climb coat code color colour command comment compliment compound conference conflict contact \
        contest contract contrast control cool correct cost counsel couple cover crack craft credit cross curb \
        cure cycle damage dance date deal debate debit decay defeat defer demand demo deposit design diff direct \
        discharge discount dispute ditch document double doubt drain dream dress drill drink drive dry echo \
        effect elect empty end engineer excerpt excuse exercise exhaust exhibit experience experiment express eye \
        face factor fail fall farm favor feature feed feel fence field fight figure file film finance fine fire \
        fish fit flash float flow flush fly focus force form format frame free fuel function fund fuse gain game \
        garden glance google grade group guarantee guess hand head hike hit honor hook hop host house hurry \
        impact implant influence input insult interest interface intern interview invoice iron issue jog key lack \
        land lay layer lead lecture level license light line live loan love mail march market mass mate mean mess \
        message mind mine minute miss model name net network notice number object offer order output pace package \
        page pair parallel part partner path phase phone photo photograph picture pilot pinch pitch pivot place \
        plan plant pool pop port pose position power practice present press price profile profit program \
        programme progress project promise protest pump question queue quiz rank reach reason rebate receipt \
        regard release remark report request resort respect rest result retreat ride ring rise risk roast rock \
        rule rush sail sample script sense service shot signal sit sketch slack sleep slide sound source space \
        span spark speed sponsor spot spray stack stage stake stand star state stick stock stream stress \
        structure study style subject sum summit supply support surface surprise suspect team text thread tie \
        time tint title tone top total tour trade trail train transition transport trap travel trend trial trick \
        trip trouble trust value voice walk waste water wire wish witness wonder work zone
        """

    /// What follows is a setting of another step.
    static let settings = """
        allow assume avoid consider employ ensure exclude focus include keep leverage mention note prefer remain \
        remember specify use utilise utilize
        """

    /// What follows is what another step has made, or the answer itself.
    static let deliveries =
        "provide give show tell inform display present return let list offer output explain know understand"
}
