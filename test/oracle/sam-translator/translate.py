"""Translates every fixture with the SAM translator and writes the CloudFormation beside it."""

import json
import logging
import os
import sys
from pathlib import Path

# The translator asks boto3 for a region to find the partition; it calls nothing.
os.environ["AWS_DEFAULT_REGION"] = "us-east-1"

from samtranslator.translator.transform import transform  # noqa: E402
from samtranslator.yaml_helper import yaml_parse  # noqa: E402

logging.disable(logging.WARNING)

FIXTURES = Path(__file__).parent / "fixtures"


class BundledPolicies:
    """The translator brings the managed policies that it knows; nothing is asked of IAM."""

    def load(self):
        return {}


def translated(file):
    return transform(yaml_parse(file.read_text()), {}, BundledPolicies(), passthrough_metadata=True)


def main():
    failed = 0
    for file in sorted(FIXTURES.glob("*.yaml")):
        try:
            template = translated(file)
        except Exception as error:
            failed += 1
            print(f"{file.name}: {getattr(error, 'message', None) or error}", file=sys.stderr)
            for cause in getattr(error, "causes", []):
                print(f"  {cause.message}", file=sys.stderr)
            continue
        text = json.dumps(template, indent=2, sort_keys=True)
        file.with_suffix(".translated.json").write_text(text + "\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
