/// Which skills a router chooses from.
public enum LibraryReference: Sendable, Hashable {
    /// The skills that come with the program, indexed on first use.
    case bundled
    /// A folder of skills, indexed on first use and again when its files change.
    case folder(String)
    /// A library made with `skillweaver index … --library NAME`.
    case named(String)
    /// A library in a database that many routers share; nil for the only one that is there.
    case shared(String?, LibraryStore)
}
