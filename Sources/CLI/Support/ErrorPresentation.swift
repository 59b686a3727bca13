package import CommandLineInterface
import PlanExecution
import SkillWeaver
import Storage

// How errors of the library reach the user of the command line: a stable code, the message, an exit code.

extension LibraryError: CommandErrorConvertible {
    package var commandError: CommandError {
        switch kind {
        case .notFound: CommandError("library-not-found", message)
        case .otherModel: CommandError("other-model", message)
        case .nothingToIndex: CommandError("nothing-to-index", message)
        case .invalidName: CommandError("invalid-library-name", message, exitCode: .usage)
        case .busy: CommandError("library-busy", message)
        case .outdated: CommandError("library-outdated", message)
        case .damaged: CommandError("damaged-library", message)
        }
    }
}

extension SkillSourceError: CommandErrorConvertible {
    package var commandError: CommandError {
        switch kind {
        case .missing: CommandError("source-missing", description)
        case .empty: CommandError("source-empty", description)
        case .unreadable: CommandError("source-unreadable", description)
        case .unknownFormat: CommandError("source-format", description)
        }
    }
}

extension EmbeddingError: CommandErrorConvertible {
    package var commandError: CommandError {
        switch kind {
        case .runtimeMissing, .modelUnusable, .inferenceFailed:
            CommandError("encoder-unavailable", message, hint: "'skillweaver doctor' says what is missing")
        case .overloaded: CommandError("encoder-busy", message)
        case .endpointMisconfigured: CommandError("embedding-endpoint-configuration", message, exitCode: .usage)
        case .endpointFailed: CommandError("embedding-endpoint-failed", message)
        case .malformedReply: CommandError("embedding-endpoint-malformed-reply", message)
        }
    }
}

extension ChatEndpointError: CommandErrorConvertible {
    package var commandError: CommandError {
        CommandError("language-model-configuration", description, exitCode: .usage)
    }
}

extension ChatModelError: CommandErrorConvertible {
    package var commandError: CommandError { CommandError("language-model-\(kind.rawValue)", description) }
}

extension StorageError: CommandErrorConvertible {
    package var commandError: CommandError { CommandError("storage-\(kind.rawValue)", description) }
}

extension DecompositionError: CommandErrorConvertible {
    package var commandError: CommandError {
        switch self {
        case .emptyRequest, .requestTooLong: CommandError("invalid-request", description, exitCode: .usage)
        case .modelFailed:
            CommandError(
                "language-model-failed",
                description,
                hint: "with '--fallback local' the local plan stands in for the model's"
            )
        }
    }
}

extension PlanSyntaxError: CommandErrorConvertible {
    package var commandError: CommandError {
        CommandError("not-a-plan", description, hint: "Docs/plan.schema.json says what a plan looks like")
    }
}

extension RunStoreError: CommandErrorConvertible {
    package var commandError: CommandError {
        CommandError("run-\(kind.rawValue)", description, exitCode: kind == .notFound ? .usage : .failed)
    }
}

extension RunPreparationError: CommandErrorConvertible {
    package var commandError: CommandError {
        CommandError(code, message, exitCode: code == "no-skill" ? .nothingFits : .usage)
    }
}

extension PersonsAnswers.Fault: CommandErrorConvertible {
    package var commandError: CommandError { CommandError.usage(description) }
}

extension ApprovalRules.SyntaxError: CommandErrorConvertible {
    package var commandError: CommandError { CommandError("approval-rules", description) }
}
