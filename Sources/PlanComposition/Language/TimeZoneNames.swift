import Glibc

/// The names of time zones, of the places they are named after, and of the countries that have one.
///
/// Read from the files of the time zone database (RFC 6557) that the system comes with: `tzdata.zi` names all zones and
/// links, `zone.tab` and `iso3166.tab` say which zones a country has. Where the files are missing, nothing is known.
struct TimeZoneNames: Sendable {
    /// Zones by the names they go by, in lower case with spaces between words; nil for a name of several zones.
    private var zones: [String: String?] = [:]

    /// The zones of this system, read when they are first asked for.
    static let system = TimeZoneNames(folder: "/usr/share/zoneinfo")

    /// Words in the longest name, `argentina comodrivadavia` being one of two.
    static let longestName = 5

    init(folder: String) {
        self.init(
            database: Self.lines(of: "\(folder)/tzdata.zi"),
            countries: Self.lines(of: "\(folder)/iso3166.tab"),
            places: Self.lines(of: "\(folder)/zone.tab")
        )
    }

    /// - Parameters:
    ///   - database: lines such as `Z Asia/Tokyo 9:18:59 - LMT …` and `L Asia/Tokyo Japan`; others are passed over.
    ///   - countries: lines such as `JP`, a tab, `Japan`.
    ///   - places: lines of country code, coordinates, zone and an optional remark, separated by tabs.
    init(database: [String], countries: [String], places: [String]) {
        var targets: [String: String] = [:]
        for line in database {
            let parts = line.split(separator: " ")
            if parts.count > 1, parts[0] == "Z" { targets[String(parts[1])] = String(parts[1]) }
            if parts.count > 2, parts[0] == "L" { targets[String(parts[2])] = String(parts[1]) }
        }
        let rows = places.map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
            .filter { $0.count > 2 && !$0[0].hasPrefix("#") }
        for row in rows where targets[row[2]] == nil { targets[row[2]] = row[2] }
        addPlaces(targets)
        addCountries(countries, rows)
        // A name as the database writes it is never ambiguous.
        for zone in targets.keys where zone.contains("/") || zone.allSatisfy({ $0.isUppercase }) {
            zones[Self.key(zone)] = zone
        }
    }

    /// The zone of a name: an identifier in any case, a city after which one zone is named, a country that has one zone.
    ///
    /// - Parameter name: in any case; words may be separated by spaces, underscores, hyphens or slashes.
    func zone(_ name: String) -> String? { zones[Self.key(name)] ?? nil }

    private static func key(_ name: String) -> String {
        name.lowercased().split { " _-/".contains($0) }.joined(separator: " ")
    }

    private static let areas: Set<Substring> = [
        "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
    ]

    /// "Tokyo", "Buenos Aires": the last part of a zone's name. Of several links to one zone the zone itself is taken.
    private mutating func addPlaces(_ targets: [String: String]) {
        var named: [String: Set<String>] = [:]
        for zone in targets.keys {
            let parts = zone.split(separator: "/")
            guard parts.count > 1, let place = parts.last, areas.contains(parts[0]) else { continue }
            named[Self.key(String(place)), default: []].insert(zone)
        }
        for (name, found) in named {
            let distinct = Set(found.map { targets[$0] ?? $0 })
            zones[name] = distinct.count == 1 ? (found.count == 1 ? found.first : distinct.first) : .some(nil)
        }
    }

    private var areas: Set<Substring> { Self.areas }

    /// A country has one zone, or one that most of it lies in.
    private mutating func addCountries(_ countries: [String], _ rows: [[String]]) {
        for line in countries where !line.hasPrefix("#") {
            let parts = line.split(separator: "\t").map(String.init)
            guard parts.count == 2 else { continue }
            let own = rows.filter { $0[0] == parts[0] }
            let main = own.count == 1 ? own : own.filter { $0.count > 3 && $0[3].hasPrefix("most of") }
            let name = Self.key(parts[1])
            if zones[name] == nil, main.count == 1 { zones[name] = main[0][2] }
        }
    }

    /// The lines of a small file; none where it cannot be read.
    private static func lines(of path: String) -> [String] {
        guard let file = fopen(path, "re") else { return [] }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = bytes.withUnsafeMutableBytes { fread($0.baseAddress, 1, $0.count, file) }
        return bytes.prefix(count).split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    }
}
