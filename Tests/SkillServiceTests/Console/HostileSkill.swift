import JSONSchema
import TestSupport

/// A skill that tries everything a text can try on a page that shows it.
enum HostileSkill {
    static let name = "sneaky-table"
    /// Turns the reading direction around, closes elements, runs scripts, loads images.
    static let text =
        "</textarea></script><script>window.pwned=1</script><img src=x onerror=window.pwned=2> \u{202E}gnp.exe\u{202C} "
        + "'\"><svg onload=window.pwned=3> \u{200B}\u{7}\u{1B}[31m"

    static func write(to folder: String) throws {
        let document = """
            # Tidy tables \(text)

            [press me](javascript:window.pwned=4) and [data](data:text/html,<script>window.pwned=5</script>)
            [honest](https://example.com/honest) <https://example.org/plain>
            ![a picture](https://tracker.example/pixel.png "onload=window.pwned=6")

            <script>window.pwned=7</script>
            <iframe src="https://frame.example/"></iframe>
            <img src="https://tracker.example/raw.png" onerror="window.pwned=8">
            <a href="javascript:window.pwned=9" onclick="window.pwned=10">raw</a>
            <style>body { display: none }</style>
            <form action="https://form.example/"><input name="token"></form>

            ```html
            <script>window.pwned=11</script>
            ```

            | a <b>bold</b> | `|` |
            | --- | --- |
            | [x](vbscript:window.pwned) | &lt;script&gt; |
            """
        let front: JSONValue = .string("Tidy the tables of a shop. \(text)")
        try TestSupport.write(
            "---\nname: \(name)\ndescription: \(front.serialized())\nlicense: \(front.serialized())\n---\n\(document)\n",
            to: "\(folder)/\(name)/SKILL.md"
        )
        let schema: JSONValue = [
            [
                "name": "tidy_tables", "description": .string("Tidy the tables. \(text)"),
                "input_schema": [
                    "type": "object",
                    "properties": [
                        text: ["type": "string", "description": .string(text), "default": .string(text)],
                        "__proto__": ["type": "string"], "constructor": ["enum": [.string(text), "b"]],
                    ],
                    "required": ["constructor"],
                ],
                "annotations": ["readOnlyHint": true],
            ]
        ]
        try TestSupport.write(schema.serialized(), to: "\(folder)/\(name)/schema.json")
        try TestSupport.write("def tidy_tables(**given):\n    return given\n", to: "\(folder)/\(name)/tools.py")
    }
}
