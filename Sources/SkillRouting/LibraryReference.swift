/// Which skills a router chooses from.
public enum LibraryReference: Sendable, Hashable {
    /// The skills that come with the program, indexed on first use.
    case bundled
    /// A folder of skills, indexed on first use and again when its files change.
    case folder(String)
    /// A folder or file of skills, or the address of a document that describes tools: whatever `SkillPath` reads.
    ///
    /// Indexed on first use and again when it changes; what has an address is fetched again after a day.
    case source(String)
    /// A library made with `skillweaver index … --library NAME`.
    case named(String)
    /// A library in a database that many routers share; nil for the only one that is there.
    case shared(String?, LibraryStore)
}
