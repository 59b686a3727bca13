/// A step while its text is being made: which segments it has, and what is changed in their words.
struct StepDraft {
    var group: StepGroup
    /// Bytes of the request that are put in other words.
    var replacements: [(span: Range<Int>, text: String)] = []
    /// Added after the head segment: an object that another step names.
    var sharedObject: String?
    /// Added at the end, in brackets: what an announcement has named.
    var topic: String?
    /// What the step acts on, as far as it is clear.
    var object: ObjectPhrase?
}
