"""What a deploy would create: the template as SAM transforms it, in a change set of moto's CloudFormation.

Arguments: the template, the stage, the parameters as NAME=VALUE. Needs no account and no network.
"""

import json
import logging
import sys

import boto3
import yaml
from moto.cloudformation.parsing import resource_class_from_type
from moto.server import ThreadedMotoServer
from samtranslator.translator.transform import transform

REGION = "eu-central-1"
NOBODY = {"aws_access_key_id": "none", "aws_secret_access_key": "none", "region_name": REGION}


def intrinsic(loader, suffix, node):
    """CloudFormation's short tags, in their long form."""
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else "Fn::" + suffix: value}


class Policies:
    """Managed policies of AWS by name: the template names none."""

    def load(self):
        return {}


def transformed(path, parameters):
    yaml.SafeLoader.add_multi_constructor("!", intrinsic)
    with open(path, encoding="utf-8") as file:
        template = yaml.safe_load(file)
    # Where the jar would lie once it is uploaded.
    template["Globals"]["Function"]["CodeUri"] = {"Bucket": "uploaded", "Key": "functions.jar"}
    values = {name: p["Default"] for name, p in template["Parameters"].items() if "Default" in p}
    return transform(template, values | parameters, Policies())


def main():
    path, stack, *pairs = sys.argv[1:]
    parameters = dict(pair.split("=", 1) for pair in pairs)
    template = transformed(path, parameters)
    for noisy in ("werkzeug", "moto"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        cloud = boto3.client("cloudformation", endpoint_url=f"http://{host}:{port}", **NOBODY)
        s3 = boto3.client("s3", endpoint_url=f"http://{host}:{port}", **NOBODY)
        s3.create_bucket(
            Bucket="templates", CreateBucketConfiguration={"LocationConstraint": REGION}
        )
        s3.put_object(Bucket="templates", Key="template.json", Body=json.dumps(template, default=str))
        cloud.create_change_set(
            StackName=stack,
            ChangeSetName="dry-run",
            ChangeSetType="CREATE",
            # moto takes it from its own bucket, and knows that by this name of the host.
            TemplateURL=f"http://localhost:{port}/templates/template.json",
            Capabilities=["CAPABILITY_IAM"],
            Parameters=[
                {"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()
            ],
        )
        told = cloud.describe_change_set(StackName=stack, ChangeSetName="dry-run")
    finally:
        server.stop()
    listed = {
        change["ResourceChange"]["LogicalResourceId"]: change["ResourceChange"]
        for change in told["Changes"]
    }
    wanted = {name: resource["Type"] for name, resource in template["Resources"].items()}
    by_type = {}
    for name, kind in wanted.items():
        by_type.setdefault(kind, []).append(name)
    for kind in sorted(by_type):
        known = "" if resource_class_from_type(kind) else "   (moto cannot make one)"
        print(f"{len(by_type[kind]):4} {kind}{known}")
        missing = [name for name in by_type[kind] if name not in listed]
        if missing:
            print(f"     not in the change set: {', '.join(missing)}")
    print(f"{told['Status']}: {len(listed)} of {len(wanted)} resources in the change set")
    return 0 if told["Status"] == "CREATE_COMPLETE" else 1


if __name__ == "__main__":
    sys.exit(main())
