/// What goes into a tool and what comes out of it.
package struct IOSignature: Sendable, Hashable {
    /// Where the knowledge about one side comes from.
    package enum Basis: Sendable, Hashable {
        /// A schema says so.
        case declared
        /// Guessed from names and descriptions.
        case described
        /// Nothing is known.
        case unknown
    }

    package var inputs: [IOPort]
    package var outputs: [IOPort]
    package var inputBasis: Basis
    package var outputBasis: Basis

    package init(inputs: [IOPort], outputs: [IOPort], inputBasis: Basis = .declared, outputBasis: Basis = .declared) {
        self.inputs = inputs
        self.outputs = outputs
        self.inputBasis = inputBasis
        self.outputBasis = outputBasis
    }

    /// Nothing is known about either side.
    package static let unknown = IOSignature(inputs: [], outputs: [], inputBasis: .unknown, outputBasis: .unknown)
}

extension IOSignature {
    /// The signature of one tool: its schemas, and where one is missing what its description suggests.
    package init(_ tool: Tool) {
        self.init(
            declaredInputs: tool.inputSchema.flatMap(SchemaPorts.inputs),
            declaredOutputs: tool.outputSchema.flatMap(SchemaPorts.outputs),
            description: IdentifierWords.split(tool.name).joined(separator: " ") + ". " + tool.description
        )
    }

    /// The signature of a skill as a whole, or of one of its tools.
    ///
    /// A skill with several tools, none of them named, is known by its description alone: the union of all its tools
    /// would fit everything.
    package init(_ skill: Skill, tool name: String?) {
        if let tool = name.flatMap(skill.tool(named:)) ?? (skill.tools.count == 1 ? skill.tools.first : nil) {
            self.init(tool)
        } else {
            let description = skill.name + ". " + skill.description
            self.init(declaredInputs: nil, declaredOutputs: nil, description: description)
        }
    }

    private init(declaredInputs: [IOPort]?, declaredOutputs: [IOPort]?, description: String) {
        // Reading the description costs more than both schemas; it is done only where one is missing.
        let described =
            declaredInputs == nil || declaredOutputs == nil ? DescribedPorts(description) : DescribedPorts("")
        inputs = declaredInputs ?? described.inputs
        outputs = declaredOutputs ?? described.outputs
        inputBasis = declaredInputs != nil ? .declared : described.inputs.isEmpty ? .unknown : .described
        outputBasis = declaredOutputs != nil ? .declared : described.outputs.isEmpty ? .unknown : .described
    }
}
