"""Says in one line what is missing to reach an account; nothing if all is there."""

import sys

import botocore.session
from botocore.exceptions import BotoCoreError

session = botocore.session.Session()
try:
    if session.get_credentials() is None:
        print("no AWS credentials: run `aws configure`, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
    elif session.get_config_variable("region") is None:
        print("no region: set AWS_REGION, or have one in the profile")
except BotoCoreError as error:
    print(error)
    sys.exit(1)
