/// Nouns that name a field when a literal follows, although they may be verbs: "email x@y.com", "title 'Report'".
enum FieldNouns {
    static let words: Set<String> = [
        "address", "amount", "author", "category", "code", "color", "colour", "content", "cost", "count", "date",
        "description", "due", "duration", "email", "end", "file", "format", "index", "input", "key", "label", "length",
        "level", "limit", "link", "location", "mail", "message", "mode", "model", "name", "note", "number", "order",
        "page",
        "password", "phone", "place", "position", "price", "process", "query", "range", "rank", "rate", "score", "seat",
        "size", "source", "stage", "start", "state", "status", "subject", "table", "target", "text", "time", "title",
        "topic",
        "type", "url", "user", "value", "version", "view", "volume", "weight", "width", "year", "id", "project",
        "group",
        "list", "stock", "house", "host", "port", "contact", "record", "issue", "ticket", "line", "function", "class",
    ]
}
