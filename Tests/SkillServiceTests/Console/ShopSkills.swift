import TestSupport

/// Three small skills whose calls fail, recover and destroy in a way that is known beforehand.
///
/// `table-download` is busy at its first call and gone at its second; `table-mirror` has the same table; `table-bin`
/// destroys, so that a person is asked.
enum ShopSkills {
    static let request = "Download the sales table, then delete the sales table"

    static func write(to folder: String) throws {
        try skill(
            "table-download",
            "Download the sales table from the shop.",
            """
            [{"name": "download_table", "description": "Download the sales table from the shop.",
              "input_schema": {"type": "object", "properties": {}}, "annotations": {"readOnlyHint": true}}]
            """,
            """
            import os


            class Answer(Exception):
                def __init__(self, status, message):
                    super().__init__(message)
                    self.status = status
                    self.retry_after = 0


            def download_table():
                if os.path.exists("asked"):
                    raise Answer(410, "the table has moved for good")
                open("asked", "w").close()
                raise Answer(503, "the shop is busy")
            """,
            folder
        )
        try skill(
            "table-mirror",
            "Fetch a copy of the sales table from the mirror.",
            """
            [{"name": "fetch_copy", "description": "Download a copy of the sales table from the mirror.",
              "input_schema": {"type": "object", "properties": {}}, "annotations": {"readOnlyHint": true}}]
            """,
            """
            def fetch_copy():
                open("sales.csv", "w").write("day,sold\\n1,2\\n")
                return {"path": "sales.csv", "rows": 1}
            """,
            folder
        )
        try skill(
            "table-bin",
            "Delete tables for good.",
            """
            [{"name": "delete_table", "description": "Delete the sales table for good.",
              "input_schema": {"type": "object", "properties": {
                "reason": {"type": "string", "description": "Why it goes."}}},
              "annotations": {"destructiveHint": true}}]
            """,
            """
            import os


            def delete_table(reason="no longer needed"):
                if os.path.exists("sales.csv"):
                    os.remove("sales.csv")
                return {"deleted": True, "reason": reason}
            """,
            folder
        )
    }

    private static func skill(
        _ name: String,
        _ description: String,
        _ schema: String,
        _ tools: String,
        _ folder: String
    ) throws {
        let front = "---\nname: \(name)\ndescription: \(description)\n---\n"
        try TestSupport.write("\(front)# \(description)\n\nUse it for tables.\n", to: "\(folder)/\(name)/SKILL.md")
        try TestSupport.write(schema, to: "\(folder)/\(name)/schema.json")
        try TestSupport.write(tools, to: "\(folder)/\(name)/tools.py")
    }
}
