import LanguageModels
import PlanExecution
import SkillHarness
import SkillRouting
import SkillWeaver
import Storage

extension GatewayLibrary {
    /// A library whose sessions call tools as the router's options say.
    static func over(
        _ library: SessionLibrary,
        _ router: SkillRouter,
        _ options: RouterOptions,
        workspace: String,
        counter: any TokenCounter
    ) -> GatewayLibrary {
        GatewayLibrary(name: library.inventory.name, router: router, library: library) { id, approval in
            let folder = "\(options.home.folder)/sessions/\(id)"
            try FileSystem.createFolder("\(folder)/results")
            return try await SkillSession(
                id: id,
                library: library,
                invoker: try await options.invokers.invoker(
                    for: RunWorkspace(folder: workspace, results: "\(folder)/results")
                ),
                approval: approval,
                counter: counter
            )
        }
    }
}
