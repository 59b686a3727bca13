import ModelContextProtocol
import Testing

/// One of the ways to a server: a transport and an era.
struct Road: Sendable, Hashable, CustomTestStringConvertible {
    enum Transport: String, CaseIterable, Sendable {
        case standardStreams
        case http
    }

    var transport: Transport
    /// Nil lets the client find out.
    var era: ProtocolVersion.Era?

    static let all: [Road] = Transport.allCases.flatMap { transport in
        [Road(transport: transport, era: .legacy), Road(transport: transport, era: .modern)]
    }

    var versions: [ProtocolVersion] { ProtocolVersion.supported.filter { era == nil || $0.era == era } }

    var testDescription: String { "\(transport.rawValue), \(era?.rawValue ?? "either era")" }
}
