import HTTPTransport
import ModelContextProtocol
import PlanComposition
import PlanExecution
import SkillCatalog
import SkillHarness
import SkillRetrieval
import SkillRouting
import Storage
import TaskDecomposition
import TextEmbedding

extension ServiceProblem {
    /// The problem an error of the layers below is for whoever asked.
    ///
    /// Errors nobody foresaw say nothing of the inside: the log has them under the request's id.
    init(_ error: any Error) {
        switch error {
        case let problem as ServiceProblem: self = problem
        case let error as DecompositionError: self.init(422, "request", "\(error)")
        case let error as RunPreparationError:
            self.init(422, "plan", error.message)
            problems = error.faults.map { "\($0)" }
        case let error as PlanSyntaxError: self.init(422, "plan", "the plan: \(error)")
        case let error as PlanAnswerError: self.init(422, "answer", "\(error)")
        case let error as PersonsAnswers.Fault: self.init(409, "answer", error.description)
        case let error as GatewayProblem: self.init(422, "run", error.description)
        case let error as AccessTokenError: self.init(error)
        case let error as RunStoreError: self.init(error)
        case let error as LibraryError: self.init(error)
        case is CancellationError: self.init(503, "stopping", "the service is stopping, or the caller has left")
        case let error as EmbeddingError: self.init(503, "encoder", "\(error)")
        case let error as StorageError: self.init(503, "storage", "\(error)")
        default: self.init(500, "internal", "something went wrong inside; the log names it by the request's id")
        }
    }

    private init(_ error: AccessTokenError) {
        switch error.kind {
        case .invalid: self.init(422, "token", error.message, hint: error.advice)
        case .full: self.init(409, "too-many-tokens", error.message, hint: error.advice)
        default: self.init(503, "tokens", "the access tokens cannot be read or kept; the log says why")
        }
    }

    private init(_ error: RunStoreError) {
        switch error.kind {
        case .notFound: self.init(404, "unknown-run", error.message)
        case .exists, .conflict, .busy: self.init(409, "conflict", error.message, hint: "look at the run again")
        case .newerVersion, .damaged: self.init(409, "unreadable-run", error.message)
        case .diskFull: self.init(507, "disk-full", error.message)
        case .unavailable:
            self.init(503, "store-unavailable", error.message)
            headers["Retry-After"] = "5"
        }
    }

    private init(_ error: LibraryError) {
        switch error.kind {
        case .notFound, .invalidName: self.init(404, "unknown-library", "\(error)")
        default:
            self.init(503, "library", "\(error)")
            headers["Retry-After"] = "5"
        }
    }
}
