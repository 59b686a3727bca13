package import JSONSchema

/// A request with the steps, tools and edges that people or an exact source say are right.
///
/// The common form of the open task sets. What a set does not support cannot be asked of it: see `stepToolPairs`.
package struct GoldTask: Sendable, Hashable, Identifiable {
    /// Where the step texts come from.
    package enum StepOrigin: String, Sendable, Hashable, CaseIterable {
        /// Written for this request.
        case gold
        /// The description of the gold tool stands in for a text that nobody wrote.
        case tool
    }

    package let id: String
    package let query: String
    package let steps: [String]
    /// Library ids of the gold tools; empty where the set names none.
    package let tools: [String]
    /// The gold edges; nil where the set says nothing about them, an empty list where it says there are none.
    package let edges: GoldEdges?
    /// Whether step k is done by tool k.
    package let isAligned: Bool
    package let stepOrigin: StepOrigin
    package let source: String
    /// Gold arguments of each tool in order; nil where the set has none.
    package let arguments: [JSONObject]?

    package init(
        id: String,
        query: String,
        steps: [String],
        tools: [String],
        edges: GoldEdges? = nil,
        isAligned: Bool,
        stepOrigin: StepOrigin,
        source: String,
        arguments: [JSONObject]? = nil
    ) {
        self.id = id
        self.query = query
        self.steps = steps
        self.tools = tools
        self.edges = edges
        self.isAligned = isAligned
        self.stepOrigin = stepOrigin
        self.source = source
        self.arguments = arguments
    }

    /// A gold step and the tool that does it.
    package struct StepToolPair: Sendable, Hashable {
        package let step: String
        package let tool: String

        package init(step: String, tool: String) {
            self.step = step
            self.tool = tool
        }
    }

    /// What step → tool retrieval may be scored on.
    ///
    /// Nil where step texts are the tools' own descriptions, which would find themselves, and where steps and tools are
    /// not aligned.
    package var stepToolPairs: [StepToolPair]? {
        guard stepOrigin == .gold, let tools = alignedTools else { return nil }
        return zip(steps, tools).map { StepToolPair(step: $0, tool: $1) }
    }

    /// The tool of each step; nil where the set does not say which step a tool does.
    package var alignedTools: [String]? { isAligned && !tools.isEmpty ? tools : nil }

    /// Step texts that a decomposer's wording may be compared with; nil where no text was written for this request.
    package var writtenSteps: [String]? { stepOrigin == .gold ? steps : nil }
}

/// Which step must come before which, and how that is known.
package struct GoldEdges: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Exact references from arguments to outputs.
        case data
        /// Annotated by people or a model.
        case annotated
        /// Order only.
        case sequence
    }

    package let kind: Kind
    /// Without repetition, in the order of the source. An edge may run from a later to an earlier position.
    package let edges: [StepEdge]

    package init(_ kind: Kind, _ edges: [StepEdge]) {
        self.kind = kind
        self.edges = edges
    }
}

/// A dependency between two steps, by their positions from 0.
package struct StepEdge: Sendable, Hashable {
    package let producer: Int
    package let consumer: Int

    package init(_ producer: Int, _ consumer: Int) {
        self.producer = producer
        self.consumer = consumer
    }
}
