"""Records what SAM's own YAML reader makes of the words in words.txt:

    python -m venv .venv && .venv/bin/pip install -r ../sam-translator/requirements.txt && .venv/bin/python record.py

Each line of words.txt is the value of a key. words.json has a line for each: the word, the kind of value that Python
reads, and the value as JSON has it (dates as text).
"""

import json
from pathlib import Path

from samtranslator.yaml_helper import yaml_parse

here = Path(__file__).parent
records = []
for word in (here / "words.txt").read_text().splitlines():
    value = yaml_parse(f"key: {word}\n")["key"]
    kind = type(value).__name__
    plain = value if kind in ("str", "int", "bool", "NoneType") else repr(value) if kind == "float" else str(value)
    records.append({"word": word, "kind": kind, "value": plain})
(here / "words.json").write_text(
    "[\n" + ",\n".join("  " + json.dumps(record, ensure_ascii=False) for record in records) + "\n]\n"
)
