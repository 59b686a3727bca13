extension SkillTemplate {
    static let pythonFiles: [String: String] = [
        "SKILL.md": """
        ---
        name: NAME
        description: Count the words of a text, most frequent first. Use when the user asks how long a text is or which words it repeats. (Say here what your skill does, and when to use it.)
        license: Apache-2.0
        compatibility: Needs Python 3.11 or newer.
        metadata:
          version: "0.1.0"
        ---

        # TITLE

        Counts the words of a text. Replace this with what an agent must know before it calls a tool.

        ## When to use

        - The user asks how many words a text has.
        - The user wants to know which words a text repeats.

        ## Available tools

        - `count_words`: the number of words of a text and its most frequent ones; changes nothing.

        ## Conventions

        - Words are compared without regard to case.
        - Give the text itself, not the path of a file.

        ## Examples

        "Which words does this sentence repeat?": `count_words(text="the cat and the dog")` gives
        `{"total": 5, "top": [{"word": "the", "count": 2}, …]}`

        """,
        "schema.json": """
        [
          {
            "name": "count_words",
            "description": "Count the words of a text and list the most frequent ones.",
            "input_schema": {
              "type": "object",
              "properties": {
                "text": {"type": "string", "description": "The text whose words are counted."},
                "limit": {
                  "type": "integer", "minimum": 1, "maximum": 100, "default": 10,
                  "description": "Number of words in the list."
                }
              },
              "required": ["text"],
              "additionalProperties": false
            },
            "output_schema": {
              "type": "object",
              "properties": {
                "total": {"type": "integer", "minimum": 0, "description": "Number of words."},
                "top": {
                  "type": "array",
                  "description": "The most frequent words, first by count, then by the alphabet.",
                  "items": {
                    "type": "object",
                    "properties": {
                      "word": {"type": "string", "description": "The word in lower case."},
                      "count": {"type": "integer", "minimum": 1, "description": "How often it occurs."}
                    },
                    "required": ["word", "count"],
                    "additionalProperties": false
                  }
                }
              },
              "required": ["total", "top"],
              "additionalProperties": false
            },
            "annotations": {
              "readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": false
            }
          }
        ]

        """,
        "tools.py": #"""
        """The tools of this skill: one function for each tool of schema.json, with the same parameters.

        A function returns a JSON object. It raises ValueError, with advice, for arguments that make no sense.
        """

        from __future__ import annotations

        import re
        from collections import Counter
        from typing import Any

        __all__ = ["count_words"]


        def count_words(text: str, limit: int = 10) -> dict[str, Any]:
            """Count the words of a text and list the most frequent ones."""
            words = re.findall(r"\w+", text.lower())
            ranked = sorted(Counter(words).items(), key=lambda entry: (-entry[1], entry[0]))
            return {"total": len(words), "top": [{"word": word, "count": count} for word, count in ranked[:limit]]}

        """#,
        "examples.json": """
        [
          {
            "tool": "count_words",
            "arguments": {"text": "the cat and the dog", "limit": 1},
            "result": {"total": 5, "top": [{"word": "the", "count": 2}]}
          }
        ]

        """,
        "tests/test_tools.py": #"""
        """Tests of this skill; run them with `skillweaver skills test`, or with `python3 -m unittest`."""

        from __future__ import annotations

        import sys
        import unittest
        from pathlib import Path

        sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

        import tools  # noqa: E402


        class CountWordsTests(unittest.TestCase):
            def test_counts_without_regard_to_case(self) -> None:
                result = tools.count_words("The cat and the dog")
                self.assertEqual(result["total"], 5)
                self.assertEqual(result["top"][0], {"word": "the", "count": 2})

            def test_an_empty_text_has_no_words(self) -> None:
                self.assertEqual(tools.count_words(""), {"total": 0, "top": []})

            def test_lists_no_more_than_asked_for(self) -> None:
                self.assertEqual(len(tools.count_words("a b c", limit=2)["top"]), 2)


        if __name__ == "__main__":
            unittest.main()

        """#,
    ]
}
