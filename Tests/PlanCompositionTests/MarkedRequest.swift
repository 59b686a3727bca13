import SkillCatalog
import SkillRetrieval

@testable import PlanComposition

/// A request whose steps are marked in its text: `[Download the data] and [plot it]`.
struct MarkedRequest {
    let text: String
    let subtasks: [Subtask]

    init(_ marked: String) {
        var bytes: [UInt8] = []
        var start = 0
        var found: [Subtask] = []
        for byte in marked.utf8 {
            switch byte {
            case UInt8(ascii: "["): start = bytes.count
            case UInt8(ascii: "]"):
                let text = String(decoding: bytes[start...], as: UTF8.self)
                found.append(Subtask(id: "s\(found.count + 1)", text: text, span: start..<bytes.count))
            default: bytes.append(byte)
            }
        }
        text = String(decoding: bytes, as: UTF8.self)
        subtasks = found
    }

    /// The edges found by wording alone, written as `1>2`.
    var edges: [String] { found.map { "\($0.from + 1)>\($0.to + 1)" } }

    /// The edges with the kind of their reason, written as `1>2 reference`.
    var reasonedEdges: [String] { found.map { "\($0.from + 1)>\($0.to + 1) \($0.reason.kind.rawValue)" } }

    private var found: [EdgeFinder.Edge] {
        let reading = RequestReading(request: text, subtasks: subtasks)
        return EdgeFinder.find(reading, signatures: subtasks.map { _ in .unknown }).edges
    }
}
