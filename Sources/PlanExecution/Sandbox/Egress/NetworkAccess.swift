import SkillCatalog
import Subprocesses

/// The network a program of a skill gets.
enum NetworkAccess: Sendable {
    /// The host's own.
    case host
    case none
    /// Granted hosts, through a broker; the socket is for the program.
    case broker(EgressBroker, PassedDescriptor)

    var broker: EgressBroker? {
        if case .broker(let broker, _) = self { broker } else { nil }
    }

    var passed: [PassedDescriptor] {
        if case .broker(_, let socket) = self { [socket] } else { [] }
    }
}

extension ToolLauncher {
    /// What the grants of a skill give it; a broker is started for one program.
    func network(of skill: Skill) throws(ToolFailure) -> NetworkAccess {
        let grants = grants[skill.id].network
        if mode == .off || grants.contains(.any) { return .host }
        if grants.isEmpty { return .none }
        let (broker, socket) = try EgressBroker.start(policy: EgressPolicy(grants: grants))
        return .broker(broker, socket)
    }
}
