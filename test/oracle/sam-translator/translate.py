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
BUCKET = "fixtures"


class BundledPolicies:
    """The translator brings the managed policies that it knows; nothing is asked of IAM."""

    def load(self):
        return {}


def read(location):
    return yaml_parse((FIXTURES / location).read_text())


def included(value):
    """AWS brings included files in before its SAM transform runs."""
    if isinstance(value, list):
        return [included(item) for item in value]
    if not isinstance(value, dict):
        return value
    rest = {key: included(inner) for key, inner in value.items() if key != "Fn::Transform"}
    request = value.get("Fn::Transform")
    if not isinstance(request, dict) or request.get("Name") != "AWS::Include":
        return {**rest, **({"Fn::Transform": request} if request else {})}
    return {**read(request["Parameters"]["Location"]), **rest}


def uploaded(template):
    """`sam package` uploads the file that DefinitionUri names, and writes where to."""
    for resource in template["Resources"].values():
        uri = resource.get("Properties", {}).get("DefinitionUri")
        if isinstance(uri, str) and not uri.startswith("s3://"):
            resource["Properties"]["DefinitionUri"] = f"s3://{BUCKET}/{uri}"
    return template


def fetched(template):
    """API Gateway and Step Functions fetch it from there."""
    for resource in template["Resources"].values():
        definition = resource.get("Properties", {}).get("DefinitionS3Location")
        if isinstance(definition, dict) and definition.get("Bucket") == BUCKET:
            del resource["Properties"]["DefinitionS3Location"]
            resource["Properties"]["DefinitionString"] = (FIXTURES / definition["Key"]).read_text()
        location = resource.get("Properties", {}).get("BodyS3Location")
        if isinstance(location, dict) and location.get("Bucket") == BUCKET:
            del resource["Properties"]["BodyS3Location"]
            resource["Properties"]["Body"] = read(location["Key"])
    return template


def settled(template):
    """The translator gathers what a bucket waits for in a set, whose order is another one each time."""
    for resource in template["Resources"].values():
        if isinstance(resource.get("DependsOn"), list):
            resource["DependsOn"].sort()
    return template


def translated(file):
    template = uploaded(included(yaml_parse(file.read_text())))
    return settled(fetched(transform(template, {}, BundledPolicies(), passthrough_metadata=True)))


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
