extension SkillTemplate {
    static let documentFiles: [String: String] = [
        "SKILL.md": """
        ---
        name: NAME
        description: Review a text against a checklist of our style. Use when the user asks for a review of a text before it is published. (Say here what your skill does, and when to use it.)
        license: Apache-2.0
        metadata:
          version: "0.1.0"
        ---

        # TITLE

        Reviews a text against a checklist. Replace this with what an agent must know.

        ## When to use

        - The user asks for a review of a text.
        - A text is about to be published.

        ## Steps

        1. Read the whole text once before judging it.
        2. Go through [the checklist](references/checklist.md), point by point.
        3. List what must change, each with the sentence it is about and a better one.

        ## Conventions

        - Quote the text; do not rewrite what was not asked for.
        - Say so when a point of the checklist does not apply.

        ## Examples

        "Please review this paragraph.": answer with a list of at most ten points, the most important first.

        """,
        "references/checklist.md": """
        # Checklist

        - The first sentence says what the text is about.
        - Every claim has its source.
        - No sentence is longer than thirty words.

        """,
        "tests/test_document.py": #"""
        """Tests of this skill; run them with `skillweaver skills test`, or with `python3 -m unittest`."""

        from __future__ import annotations

        import re
        import unittest
        from pathlib import Path

        SKILL = Path(__file__).resolve().parent.parent


        class DocumentTests(unittest.TestCase):
            def test_every_file_it_refers_to_exists(self) -> None:
                document = (SKILL / "SKILL.md").read_text(encoding="utf-8")
                links = re.findall(r"\]\(([^):#]+)\)", document)
                self.assertTrue(links)
                for link in links:
                    self.assertTrue((SKILL / link).is_file(), link)


        if __name__ == "__main__":
            unittest.main()

        """#,
    ]
}
