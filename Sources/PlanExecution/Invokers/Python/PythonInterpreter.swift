public import SkillCatalog
import Subprocesses

/// Which Python runs the functions of skills.
public struct PythonSettings: Sendable {
    /// The interpreter of one skill: a name to look up in `PATH`, or a path, for example into an environment of its own.
    public var interpreter: @Sendable (Skill) -> String
    /// Most worker processes of one skill; calls beyond that wait.
    public var workersPerSkill: Int
    /// After so many workers in a row that ended during a call, the skill's calls are refused.
    public var maximumCrashes: Int

    public init(
        workersPerSkill: Int = 4,
        maximumCrashes: Int = 5,
        interpreter: @escaping @Sendable (Skill) -> String = { _ in "python3" }
    ) {
        self.interpreter = interpreter
        self.workersPerSkill = max(1, workersPerSkill)
        self.maximumCrashes = max(1, maximumCrashes)
    }
}

/// A Python that was found, and what it needs to see of the file system.
struct PythonInterpreter: Sendable, Hashable {
    /// The program itself, not a wrapper that picks one.
    var path: String
    /// Folders of its library and packages.
    var folders: [String]
}

/// Finds interpreters, each once.
actor PythonInterpreters {
    private let environment: [String: String]
    private var found: [String: Task<Result<PythonInterpreter, ToolFailure>, Never>] = [:]

    init(environment: [String: String]) { self.environment = environment }

    /// The interpreter of that name or path.
    func locate(_ name: String) async throws(ToolFailure) -> PythonInterpreter {
        if let known = found[name] { return try await known.value.get() }
        let environment = environment
        let task = Task { await Self.ask(name, environment) }
        found[name] = task
        return try await task.value.get()
    }

    private static let question = """
        import os, sys
        folder, name = os.path.split(sys.executable)
        # By its real folder, since links on the way to it do not exist in a sandbox; itself it may be a link, which says
        # which environment is meant.
        program = os.path.join(os.path.realpath(folder), name)
        # Without `site`, which would run what an environment holds, the prefix of an environment is not known.
        environment = os.path.dirname(os.path.dirname(program))
        own = environment if os.path.exists(os.path.join(environment, "pyvenv.cfg")) else sys.prefix
        for place in (program, own, sys.prefix, sys.base_prefix):
            print(place)
        """

    private static func ask(_ name: String, _ environment: [String: String]) async -> Result<
        PythonInterpreter, ToolFailure
    > {
        do {
            let program = Subprocess(
                executable: name,
                arguments: ["-I", "-S", "-c", question],
                environment: .only(environment.filter { ["PATH", "HOME"].contains($0.key) })
            )
            let answer = try await program.run(limits: SubprocessLimits(deadline: .seconds(20))).checked(name)
            let places = answer.outputText.split(separator: "\n").map(String.init)
            guard let path = places.first, places.count == 4 else {
                throw SubprocessError.executableNotFound(name: name, searched: [])
            }
            // The links that lead to it are inside these folders, too.
            let folders = Set(places[1...]).subtracting(["/usr", "/"]).sorted()
            return .success(PythonInterpreter(path: path, folders: folders))
        } catch {
            let message = "tools.py cannot be run without Python: \(error). Install python3"
            return .failure(ToolFailure(.permanent, code: "python-missing", message))
        }
    }
}
