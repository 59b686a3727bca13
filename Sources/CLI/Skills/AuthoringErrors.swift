package import CommandLineInterface
import SkillAuthoring

extension AuthoringError: CommandErrorConvertible {
    package var commandError: CommandError {
        CommandError("skill-\(kind.rawValue)", message, hint: advice, exitCode: kind == .usage ? .usage : .failed)
    }
}
