import JSONSchema
import LanguageModels

/// The form of a revised plan: an object with a list of steps, each with all its members.
enum RevisionSchema {
    /// For servers that hold the model to it; what comes back is checked all the same.
    static let responseFormat = ChatResponseFormat.schema(ChatSchema(name: "plan", schema: schema))

    private static let schema: JSONValue = [
        "type": "object",
        "properties": ["steps": ["type": "array", "items": step]],
        "required": ["steps"],
        "additionalProperties": false,
    ]

    private static let step: JSONValue = [
        "type": "object",
        "properties": [
            "text": ["type": "string"],
            "quote": ["type": "string"],
            "skill": ["type": ["string", "null"]],
            "depends_on": ["type": "array", "items": ["type": "integer"]],
        ],
        "required": ["text", "quote", "skill", "depends_on"],
        "additionalProperties": false,
    ]
}
