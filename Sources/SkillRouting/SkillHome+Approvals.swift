import JSONSchema
package import PlanExecution
import Storage

extension SkillHome {
    /// The user's standing decisions about tools, for runs and sessions; none where there is no such file.
    ///
    /// - Throws: `ApprovalRules.SyntaxError` for a file that is not understood: it may forbid something.
    package func approvalRules() throws(ApprovalRules.SyntaxError) -> ApprovalRules {
        guard FileSystem.exists(approvals) else { return ApprovalRules() }
        let value: JSONValue
        do {
            value = try JSONParser.parse(utf8: FileSystem.read(approvals, limit: 1 << 20))
        } catch {
            throw ApprovalRules.SyntaxError(description: "\(approvals): \(error)")
        }
        do {
            return try ApprovalRules(json: value)
        } catch {
            throw ApprovalRules.SyntaxError(description: "\(approvals): \(error.description)")
        }
    }
}
