extension SkillTemplate {
    static let scriptFiles: [String: String] = [
        "SKILL.md": """
        ---
        name: NAME
        description: Count the words of a text file with a script. Use when the user asks how long a document is or which words it repeats. (Say here what your skill does, and when to use it.)
        license: Apache-2.0
        compatibility: Needs Python 3.11 or newer.
        metadata:
          version: "0.1.0"
        ---

        # TITLE

        Counts the words of a file. Replace this with the steps an agent follows.

        ## When to use

        - The user asks how many words a file has.
        - The user wants to know which words a file repeats.

        ## Steps

        1. Run `python3 scripts/count_words.py FILE`.
        2. Read the JSON that it prints; [the format](references/format.md) explains each field.
        3. Tell the user the total, and the words that stand out.

        ## Conventions

        - The script only reads; it changes no file.
        - When it exits with a status other than 0, its last line says what to do.

        ## Examples

        "How long is notes.txt?": `python3 scripts/count_words.py notes.txt` prints
        `{"total": 5, "top": [["the", 2], …]}`

        """,
        "references/format.md": """
        # What the script prints

        One JSON object on one line:

        - `total`: the number of words.
        - `top`: up to ten pairs of a word and its count, the most frequent first.

        """,
        "scripts/count_words.py": #"""
        #!/usr/bin/env python3
        """Print how many words a file has and which it repeats, as JSON."""

        from __future__ import annotations

        import json
        import re
        import sys
        from collections import Counter
        from pathlib import Path


        def count(text: str) -> dict[str, object]:
            """Count the words of a text."""
            words = re.findall(r"\w+", text.lower())
            ranked = sorted(Counter(words).items(), key=lambda entry: (-entry[1], entry[0]))
            return {"total": len(words), "top": ranked[:10]}


        def main(arguments: list[str]) -> int:
            if len(arguments) != 1:
                print("Give the path of one text file.", file=sys.stderr)
                return 2
            try:
                text = Path(arguments[0]).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                print(f"{arguments[0]} cannot be read as text ({error}); check the path.", file=sys.stderr)
                return 1
            print(json.dumps(count(text), ensure_ascii=False))
            return 0


        if __name__ == "__main__":
            raise SystemExit(main(sys.argv[1:]))

        """#,
        "tests/test_scripts.py": #"""
        """Tests of this skill; run them with `skillweaver skills test`, or with `python3 -m unittest`."""

        from __future__ import annotations

        import json
        import subprocess
        import sys
        import tempfile
        import unittest
        from pathlib import Path

        SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "count_words.py"


        def run(*arguments: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run([sys.executable, str(SCRIPT), *arguments], capture_output=True, text=True, check=False)


        class CountWordsTests(unittest.TestCase):
            def test_counts_the_words_of_a_file(self) -> None:
                with tempfile.TemporaryDirectory() as folder:
                    path = Path(folder) / "notes.txt"
                    path.write_text("The cat and the dog")
                    result = run(str(path))
                self.assertEqual(result.returncode, 0, result.stderr)
                self.assertEqual(json.loads(result.stdout)["top"][0], ["the", 2])

            def test_says_what_to_do_about_a_file_that_is_not_there(self) -> None:
                result = run("no-such-file.txt")
                self.assertEqual(result.returncode, 1)
                self.assertIn("check the path", result.stderr)


        if __name__ == "__main__":
            unittest.main()

        """#,
    ]
}
