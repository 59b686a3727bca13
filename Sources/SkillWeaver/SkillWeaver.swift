// The library's face: everything a client needs with one import.

@_exported public import JSONSchema
@_exported public import LanguageModels
@_exported public import PlanComposition
@_exported public import PlanExecution
@_exported public import SkillCatalog
@_exported public import SkillRetrieval
@_exported public import SkillRouting
@_exported public import TaskDecomposition
@_exported public import TextEmbedding
@_exported public import ToolConnectors
