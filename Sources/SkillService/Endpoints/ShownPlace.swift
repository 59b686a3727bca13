import HTTPTransport

/// Where something comes from, for everybody to read.
enum ShownPlace {
    /// A path as it is; an address without its secrets.
    static func of(_ place: String) -> String {
        guard place.contains("://") else { return place }
        return (try? HTTPURL(place)).map { "\($0)" } ?? Redaction.mark
    }
}
