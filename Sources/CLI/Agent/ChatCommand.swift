import CommandLineInterface
import LanguageModels
import SkillHarness
import SkillWeaver

/// `skillweaver chat`
struct ChatCommand: CommandDefinition {
    let name = "chat"
    let summary = "Talk with a language model that loads skills on demand."
    let discussion = """
        One line of input is one request. Lines that begin with a slash are for the program: /menu, /loaded, /load SKILL, \
        /unload SKILL, /tokens, /quit.
        """

    var parameters: [any ParameterDeclaration] {
        [GlobalOptions.library, GlobalOptions.store, AgentGroup.group, ModelOptions.group]
    }

    func run(_ values: ParsedValues, in context: CommandContext) async throws -> ExitCode {
        let input = InputLines()
        let setup = try await AgentSetup(values, input: input, in: context)
        let reporter = try AgentReporter(
            console: context.console,
            isJSON: context.wantsJSON,
            transcript: values[AgentGroup.transcript]
        )
        do {
            try await talk(setup, input, reporter, context.console)
            await setup.session.close()
            return .done
        } catch {
            await setup.session.close()
            throw error
        }
    }

    private func talk(
        _ setup: AgentSetup,
        _ input: InputLines,
        _ reporter: AgentReporter,
        _ console: Console
    ) async throws {
        var conversation = Conversation()
        if input.isTerminal {
            console.note("\(setup.menu.shown + setup.menu.omitted) skills; /menu shows them, /quit ends")
        }
        while let line = try await input.next() {
            let words = line.split(separator: " ", maxSplits: 1).map(String.init)
            guard let first = words.first else { continue }
            guard first.hasPrefix("/") else {
                do {
                    _ = try await setup.loop.run(line, in: &conversation, menu: setup.menu) { event in
                        await reporter.report(event)
                    }
                } catch let error as ChatModelError {
                    // The conversation goes on: the next request may be answered.
                    console.warn("\(error)")
                }
                continue
            }
            if first == "/quit" { return }
            console.note(await answer(first, words.dropFirst().first ?? "", setup.session))
        }
    }

    private func answer(_ command: String, _ argument: String, _ session: SkillSession) async -> String {
        switch command {
        case "/menu": return await session.menu().text
        case "/loaded":
            let loaded = await session.loadedSkills
            return loaded.isEmpty ? "nothing is loaded" : loaded.joined(separator: ", ")
        case "/tokens": return "\(await session.loadedTokens) tokens are taken by loaded skills"
        case "/load": return await session.dispatch("load_skill", arguments: ["name": .string(argument)]).text
        case "/unload": return await session.dispatch("unload_skill", arguments: ["name": .string(argument)]).text
        default: return "there is no \(command); there are /menu, /loaded, /load, /unload, /tokens and /quit"
        }
    }
}
