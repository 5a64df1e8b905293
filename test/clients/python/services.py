"""What Google's libraries for Python do with a workflow, a secret, a topic and a queue of a sandbox: over gRPC and REST.
Run by scripts/clients.cjs, told by its environment what is there."""

import json
import os
import time

from google.cloud import secretmanager, tasks_v2, workflows_v1
from google.cloud.workflows import executions_v1
from google.pubsub_v1 import PublisherClient

workflow = os.environ["WORKFLOW"]
url = os.environ["SERVICE_URL"]


def run(transport):
    word = f"python-{transport}"
    assert workflows_v1.WorkflowsClient(transport=transport).get_workflow(name=workflow).revision_id
    # The library has executions over gRPC only.
    executions = executions_v1.ExecutionsClient()
    execution = executions.create_execution(
        parent=workflow, execution=executions_v1.Execution(argument=json.dumps({"name": word}))
    )
    until = time.monotonic() + 20
    while execution.state == executions_v1.Execution.State.ACTIVE and time.monotonic() < until:
        time.sleep(0.05)
        execution = executions.get_execution(name=execution.name)
    assert json.loads(execution.result) == f"hello {word}", execution

    secret = secretmanager.SecretManagerServiceClient(transport=transport)
    assert secret.access_secret_version(name=os.environ["SECRET"]).payload.data == b"sesame"

    sent = PublisherClient(transport=transport).publish(
        topic=os.environ["TOPIC"], messages=[{"data": word.encode()}]
    )
    assert len(sent.message_ids) == 1

    task = {
        "http_request": {
            "url": f"{url}/task",
            "body": word.encode(),
            "oidc_token": {"service_account_email": os.environ["CALLER"], "audience": url},
        }
    }
    made = tasks_v2.CloudTasksClient(transport=transport).create_task(parent=os.environ["QUEUE"], task=task)
    assert made.name
    print(f"sent {word}")


run("rest")
run("grpc")
