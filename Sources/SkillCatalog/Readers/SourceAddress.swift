/// Sources that are named by an address on the network instead of a path.
package enum SourceAddress {
    /// Whether a text is an address.
    package static func isOne(_ text: String) -> Bool {
        let start = text.prefix(8).lowercased()
        return start.hasPrefix("http://") || start == "https://"
    }

    /// What a source is called by its address: the stem of the file where it says something, else the host.
    package static func name(of address: String) -> String {
        let rest = address.split(separator: "//", maxSplits: 1).last ?? ""
        let parts = rest.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
        let stem = (parts.dropFirst().last ?? "").split(separator: ".").first.map(String.init) ?? ""
        if !stem.isEmpty, !isGeneric(stem) { return stem }
        let host = parts.first?.split(separator: "@").last ?? ""
        return host.split(separator: ":").first.map(String.init) ?? "api"
    }

    /// Whether a file's name says only that there is a description of an interface in it.
    package static func isGeneric(_ stem: String) -> Bool {
        ["", "openapi", "swagger", "api", "spec", "index", "schema", "api-docs"].contains(stem.lowercased())
    }
}
