import JSONSchema

extension PlanFault {
    /// Where in the plan's JSON the fault is, as a JSON Pointer; empty where it concerns the whole.
    public func place(in plan: Plan) -> String { pointer(in: plan).description }

    private func pointer(in plan: Plan) -> JSONPointer {
        func step(_ id: String, _ inside: String...) -> JSONPointer {
            let position = plan.steps.firstIndex { $0.id == id }
            return JSONPointer(tokens: ["steps"] + (position.map { ["\($0)"] + inside } ?? []))
        }
        func value(_ id: String, _ name: String) -> JSONPointer {
            switch name {
            case PlanStep.listName: step(id, name, "list")
            case PlanStep.conditionName: step(id, name)
            default: step(id, "arguments", name)
            }
        }
        switch self {
        case .duplicateStep(let id):
            let position = plan.steps.lastIndex { $0.id == id } ?? 0
            return JSONPointer(tokens: ["steps", "\(position)", "id"])
        case .unknownDependency(let id, let dependency), .transitiveDependency(let id, let dependency):
            let number = plan.step(id)?.dependsOn.firstIndex(of: dependency) ?? 0
            return step(id, "depends_on", "\(number)")
        case .cycle(let ids): return ids.first.map { step($0, "depends_on") } ?? JSONPointer()
        case .unknownSkill(let id, _): return step(id, "skill")
        case .unknownTool(let id, _, _): return step(id, "tool")
        case .malformedReference(let id, let name, _), .unknownReference(let id, let name, _),
            .referenceWithoutDependency(let id, let name, _), .unknownArgument(let id, let name, _),
            .argumentOfWrongType(let id, let name, _), .itemOutsideFanOut(let id, let name),
            .unknownOutput(let id, let name, _, _):
            return value(id, name)
        case .unboundArgument(let id, _, _): return step(id, "arguments")
        case .questionForUnknownStep(let id, let argument):
            let number = plan.questions.firstIndex { $0.step == id && $0.argument == argument } ?? 0
            return JSONPointer(tokens: ["questions", "\(number)", "step"])
        case .fanOutOverNoList(let id, _, _, _): return value(id, PlanStep.listName)
        case .unboundCondition(let id): return step(id, PlanStep.conditionName, "left")
        case .privateDataToPublic(let flag): return step(flag.to)
        }
    }
}
