import FoundationEssentials
import TestSupport

@testable import SkillAuthoring

/// A small well-made skill on disk, for tests that install, pack or lock it.
func writeSkill(_ name: String, in folder: String, files: [String: String] = [:]) throws {
    let document = "---\nname: \(name)\ndescription: Does \(name). Use when it must be done.\n---\n\n# \(name)\n"
    try write(document, to: "\(folder)/\(name)/SKILL.md")
    for (path, text) in files { try write(text, to: "\(folder)/\(name)/\(path)") }
}

/// The kind of error that a piece of work ends with; nil where it ends well.
func kindOfError(_ body: () async throws -> Void) async -> AuthoringError.Kind? {
    do {
        try await body()
        return nil
    } catch let error as AuthoringError {
        return error.kind
    } catch {
        return nil
    }
}

func makeLink(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
}

func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
}

func text(of path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
