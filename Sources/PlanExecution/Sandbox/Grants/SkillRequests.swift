public import SkillCatalog

/// What a skill asks for in the `metadata` of its front matter; asking gives it nothing.
///
/// ```yaml
/// metadata:
///   network: "api.example.org:443 *.example.com"
///   read-paths: "/usr/share/dict"
///   write-paths: "/srv/reports"
///   environment: "EXAMPLE_TOKEN"
/// ```
///
/// Words are separated by spaces or commas. `network` takes what `NetworkGrant` reads.
public struct SkillRequests: Sendable, Hashable {
    public var grant: SkillGrant
    /// Words that are no host and no absolute path.
    public var unreadable: [String]

    public init(_ skill: Skill) {
        func words(_ key: String) -> [String] {
            (skill.metadata[key] ?? "").split { $0 == "," || $0.isWhitespace }.map(String.init)
        }
        let network = words("network")
        let paths = words("read-paths") + words("write-paths")
        grant = SkillGrant(
            network: network.compactMap(NetworkGrant.init),
            readablePaths: words("read-paths").filter { $0.hasPrefix("/") },
            writablePaths: words("write-paths").filter { $0.hasPrefix("/") },
            environment: words("environment")
        )
        unreadable = network.filter { NetworkGrant($0) == nil } + paths.filter { !$0.hasPrefix("/") }
    }

    /// What is asked for and not granted, each as it would stand in the grants.
    public func missing(in given: SkillGrant) -> SkillGrant {
        SkillGrant(
            network: given.network.contains(.any) ? [] : grant.network.filter { !given.network.contains($0) },
            readablePaths: grant.readablePaths.filter { !(given.readablePaths + given.writablePaths).contains($0) },
            writablePaths: grant.writablePaths.filter { !given.writablePaths.contains($0) },
            environment: grant.environment.filter { !given.environment.contains($0) }
        )
    }
}
