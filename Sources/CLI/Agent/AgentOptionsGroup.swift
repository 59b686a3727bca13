import CommandLineInterface
import LanguageModels
import PlanExecution
import SkillWeaver

/// Options of commands in which a language model works with skills.
struct AgentGroup: ParameterGroup {
    static let group = AgentGroup()

    static let load = Option<[String]>("load", value: "SKILL", "Load a skill before the first turn and keep it.")
    static let menuOnly = Flag("menu-only", "Do not route the request first; the model picks from the menu.")
    static let steps = Option<Int>(
        "steps",
        value: "N",
        as: .integer(in: 1...1_000),
        default: 20,
        "Most replies of the model to one request."
    )
    static let maximumTokens = Option<Int?>(
        "max-tokens",
        value: "N",
        as: .integer(in: 1...100_000_000),
        "Most tokens, prompts and replies together, that one request may cost."
    )
    static let context = Option<Int>(
        "context",
        value: "TOKENS",
        as: .integer(in: 2_000...2_000_000),
        default: 32_000,
        "Longest prompt; earlier turns are left out beyond it."
    )
    static let approve = Option<ApprovalMode>(
        "approve",
        value: "MODE",
        default: .ask,
        "Who decides about calls that may destroy something: a person (ask), or nobody (auto, deny); approvals.json counts more."
    )
    static let workspace = Option<String?>(
        "workspace",
        value: "DIR",
        as: .folder,
        "The folder that tools read and write. Default: the current one."
    )
    static let sandbox = Option<SandboxMode>(
        "sandbox",
        value: "MODE",
        default: .required,
        "Whether tools run in a sandbox: required, or off for skills you trust."
    )
    static let transcript = Option<String?>(
        "transcript",
        value: "FILE",
        as: .file,
        "Write all that happens to this file, one JSON object a line."
    )

    let title: String? = "Agent"
    let parameters: [any ParameterDeclaration] = [
        load, menuOnly, steps, maximumTokens, context, approve, workspace, sandbox, transcript,
    ]
}

extension SandboxMode: CommandLineValue {}
