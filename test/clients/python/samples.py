"""What Google's documents show for Python, written anew: each function is named after the sample whose steps it takes, or
after what it tries. Run by scripts/clients.cjs as the owner of the project, told by its environment what is there."""

import datetime
import json
import os
import sys
import threading
import traceback

import requests
from google.api_core import exceptions
from google.auth import impersonated_credentials, jwt
from google.auth.transport.requests import AuthorizedSession, Request
from google.cloud import artifactregistry_v1, eventarc_v1, functions_v2, iam_admin_v1, iam_credentials_v1
from google.cloud import logging as cloud_logging
from google.cloud import pubsub_v1, resourcemanager_v3, run_v2, scheduler_v1, secretmanager, service_usage_v1, storage
from google.cloud import tasks_v2, workflows_v1
from google.cloud.workflows import executions_v1
from google.iam.v1 import iam_policy_pb2, policy_pb2
from google.oauth2 import id_token, service_account
from google.protobuf import duration_pb2, field_mask_pb2, timestamp_pb2

project = os.environ["GOOGLE_CLOUD_PROJECT"]
url = os.environ["SERVICE_URL"]
caller = os.environ["CALLER"]
key = json.loads(os.environ["CALLER_KEY"])
place = f"projects/{project}/locations/europe-west1"
member = f"serviceAccount:{caller}"
SCOPE = "https://www.googleapis.com/auth/cloud-platform"


def refused(error, call):
    try:
        call()
    except error:
        return
    raise AssertionError(f"was not refused with {error.__name__}")


def cloudrun_service_to_service_auth():
    assert requests.get(url, timeout=20).status_code == 403
    own = service_account.IDTokenCredentials.from_service_account_info(key, target_audience=url)
    assert AuthorizedSession(own).get(url, timeout=20).status_code == 200
    other = service_account.IDTokenCredentials.from_service_account_info(key, target_audience="https://other.example")
    assert AuthorizedSession(other).get(url, timeout=20).status_code == 401


def audience_with_slash():
    own = service_account.IDTokenCredentials.from_service_account_info(key, target_audience=f"{url}/")
    assert AuthorizedSession(own).get(url, timeout=20).status_code == 200


def auth_self_signed_jwt():
    own = service_account.Credentials.from_service_account_info(key).with_always_use_jwt_access(True)
    client = secretmanager.SecretManagerServiceClient(credentials=own)
    assert client.access_secret_version(name=os.environ["SECRET"]).payload.data == b"sesame"
    refused(exceptions.PermissionDenied, lambda: list(client.list_secrets(parent=f"projects/{project}")))


def auth_workload_identity_federation_refuses_unknown_token():
    answer = requests.post(
        "https://sts.googleapis.com/v1/token",
        json={
            "grantType": "urn:ietf:params:oauth:grant-type:token-exchange",
            "audience": "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/none/providers/none",
            "scope": SCOPE,
            "requestedTokenType": "urn:ietf:params:oauth:token-type:access_token",
            "subjectToken": "x",
            "subjectTokenType": "urn:ietf:params:oauth:token-type:jwt",
        },
        timeout=20,
    )
    assert answer.status_code in (400, 401), answer.text


def iam_credentials():
    client = iam_credentials_v1.IAMCredentialsClient()
    name = f"projects/-/serviceAccounts/{caller}"
    admin = iam_admin_v1.IAMClient()
    resource = f"projects/{project}/serviceAccounts/{caller}"
    policy = admin.get_iam_policy(request={"resource": resource})
    policy.bindings.add(role="roles/iam.serviceAccountTokenCreator", members=["user:owner@example.com"])
    admin.set_iam_policy(request={"resource": resource, "policy": policy})
    token = client.generate_id_token(name=name, audience=url, include_email=True).token
    assert id_token.verify_oauth2_token(token, Request(), audience=url)["email"] == caller
    assert client.generate_access_token(name=name, scope=[SCOPE]).access_token
    signed = client.sign_jwt(name=name, payload=json.dumps({"sub": caller})).signed_jwt
    assert jwt.decode(signed, verify=False)["sub"] == caller
    assert client.sign_blob(name=name, payload=b"x").signed_blob
    refused(exceptions.InvalidArgument, lambda: client.generate_access_token(name=name, scope=[url]))
    # Other clients try that the account trusts nobody but itself.
    policy = admin.get_iam_policy(request={"resource": resource})
    for binding in [each for each in policy.bindings if "user:owner@example.com" in each.members]:
        binding.members.remove("user:owner@example.com")
    admin.set_iam_policy(request={"resource": resource, "policy": policy})
    refused(exceptions.PermissionDenied, lambda: client.generate_id_token(name=name, audience=url))


def iam_service_accounts():
    client = iam_admin_v1.IAMClient()
    made = client.create_service_account(request={"name": f"projects/{project}", "account_id": "python-robot"})
    assert any(one.email == made.email for one in client.list_service_accounts(name=f"projects/{project}"))
    assert client.create_service_account_key(name=made.name).private_key_data
    client.disable_service_account(request={"name": made.name})
    assert client.get_service_account(name=made.name).disabled
    client.enable_service_account(request={"name": made.name})
    client.delete_service_account(name=made.name)
    refused(exceptions.NotFound, lambda: client.get_service_account(name=made.name))


def iam_query_roles():
    client = iam_admin_v1.IAMClient()
    assert "run.routes.invoke" in client.get_role(request={"name": "roles/run.invoker"}).included_permissions


def workflows_api_quickstart():
    client = executions_v1.ExecutionsClient()
    made = client.create_execution(parent=os.environ["WORKFLOW"], execution={"argument": '{"name": "samples"}'})
    for _ in range(400):
        read = client.get_execution(name=made.name)
        if read.state != executions_v1.Execution.State.ACTIVE:
            break
        threading.Event().wait(0.05)
    assert json.loads(read.result) == "hello samples"
    assert made.name in [one.name for one in client.list_executions(parent=os.environ["WORKFLOW"])]


def workflows_create_update_delete():
    client = workflows_v1.WorkflowsClient()
    source = "main:\n  steps:\n    - done:\n        return: 1\n"
    workflow = workflows_v1.Workflow(source_contents=source, service_account=caller)
    made = client.create_workflow(parent=place, workflow=workflow, workflow_id="python").result(timeout=30)
    made.source_contents = source.replace("1", "2")
    mask = field_mask_pb2.FieldMask(paths=["source_contents"])
    assert client.update_workflow(workflow=made, update_mask=mask).result(timeout=30).revision_id.startswith("000002")
    refused(exceptions.AlreadyExists, lambda: client.create_workflow(parent=place, workflow=made, workflow_id="python"))
    client.delete_workflow(name=made.name).result(timeout=30)
    refused(exceptions.NotFound, lambda: client.get_workflow(name=made.name))


def pubsub_publish_and_streaming_pull():
    publisher = pubsub_v1.PublisherClient()
    subscriber = pubsub_v1.SubscriberClient()
    topic = publisher.topic_path(project, "python-stream")
    subscription = subscriber.subscription_path(project, "python-stream")
    publisher.create_topic(name=topic)
    subscriber.create_subscription(name=subscription, topic=topic)
    got, twice, again = [], threading.Event(), threading.Event()

    def receive(message):
        got.append(message.data)
        if len(got) == 1:
            message.nack()
            again.set()
        else:
            message.ack()
            twice.set()

    pull = subscriber.subscribe(subscription, callback=receive)
    assert publisher.publish(topic, b"hello", kind="a").result(timeout=20)
    assert twice.wait(20), got
    pull.cancel()
    pull.result(timeout=20)
    subscriber.delete_subscription(subscription=subscription)
    publisher.delete_topic(topic=topic)


def pubsub_subscriber_sync_pull():
    publisher = pubsub_v1.PublisherClient()
    subscriber = pubsub_v1.SubscriberClient()
    topic = publisher.topic_path(project, "python-sync")
    subscription = subscriber.subscription_path(project, "python-sync")
    publisher.create_topic(name=topic)
    subscriber.create_subscription(
        request={"name": subscription, "topic": topic, "filter": 'attributes.region = "eu"', "ack_deadline_seconds": 20}
    )
    for region in ("us", "eu"):
        publisher.publish(topic, region.encode(), region=region).result(timeout=20)
    answer = subscriber.pull(subscription=subscription, max_messages=5, timeout=20)
    assert [one.message.data for one in answer.received_messages] == [b"eu"]
    ids = [one.ack_id for one in answer.received_messages]
    subscriber.modify_ack_deadline(subscription=subscription, ack_ids=ids, ack_deadline_seconds=30)
    subscriber.acknowledge(subscription=subscription, ack_ids=ids)
    refused(
        exceptions.InvalidArgument,
        lambda: subscriber.create_subscription(request={"name": f"{subscription}-x", "topic": topic, "filter": "bad ="}),
    )


def pubsub_iam():
    publisher = pubsub_v1.PublisherClient()
    topic = publisher.create_topic(name=publisher.topic_path(project, "python-iam")).name
    policy = publisher.get_iam_policy(request={"resource": topic})
    policy.bindings.add(role="roles/pubsub.publisher", members=[member])
    assert publisher.set_iam_policy(request={"resource": topic, "policy": policy}).bindings
    stale = policy_pb2.Policy(etag=b"stale", bindings=policy.bindings)
    refused(exceptions.Aborted, lambda: publisher.set_iam_policy(request={"resource": topic, "policy": stale}))
    asked = {"resource": topic, "permissions": ["pubsub.topics.publish"]}
    assert list(publisher.test_iam_permissions(request=asked).permissions) == ["pubsub.topics.publish"]


def cloud_tasks_create_http_task_with_token():
    client = tasks_v2.CloudTasksClient()
    queue = client.create_queue(parent=place, queue={"name": f"{place}/queues/python"})
    client.pause_queue(name=queue.name)
    moment = timestamp_pb2.Timestamp()
    moment.FromDatetime(datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1))
    request = {"url": f"{url}/x", "oidc_token": {"service_account_email": caller, "audience": url}, "body": b"{}"}
    task = {"http_request": request, "schedule_time": moment, "dispatch_deadline": duration_pb2.Duration(seconds=30)}
    made = client.create_task(parent=queue.name, task=task)
    assert [one.name for one in client.list_tasks(parent=queue.name)] == [made.name]
    client.delete_task(name=made.name)
    client.purge_queue(name=queue.name)
    client.delete_queue(name=queue.name)


def cloud_scheduler_create_job():
    client = scheduler_v1.CloudSchedulerClient()
    target = {"uri": f"{url}/x", "oidc_token": {"service_account_email": caller}}
    job = {"name": f"{place}/jobs/python", "schedule": "0 3 * * *", "http_target": target}
    made = client.create_job(parent=place, job=job)
    client.run_job(name=made.name)
    assert client.pause_job(name=made.name).state == scheduler_v1.Job.State.PAUSED
    assert client.resume_job(name=made.name).state == scheduler_v1.Job.State.ENABLED
    refused(exceptions.AlreadyExists, lambda: client.create_job(parent=place, job=job))
    client.delete_job(name=made.name)


def secretmanager_samples():
    client = secretmanager.SecretManagerServiceClient()
    parent = f"projects/{project}"
    made = client.create_secret(parent=parent, secret_id="python", secret={"replication": {"automatic": {}}})
    version = client.add_secret_version(parent=made.name, payload={"data": b"one"})
    assert client.access_secret_version(name=f"{made.name}/versions/latest").payload.data == b"one"
    assert len(list(client.list_secret_versions(parent=made.name))) == 1
    client.update_secret(secret={"name": made.name, "labels": {"a": "b"}}, update_mask={"paths": ["labels"]})
    client.disable_secret_version(name=version.name)
    refused(exceptions.FailedPrecondition, lambda: client.access_secret_version(name=version.name))
    client.enable_secret_version(name=version.name)
    client.destroy_secret_version(name=version.name)
    assert made.name in [one.name for one in client.list_secrets(request={"parent": parent, "page_size": 1})]
    client.delete_secret(name=made.name)


def storage_samples():
    client = storage.Client()
    bucket = client.create_bucket(f"{project}-python", location="EU")
    blob = bucket.blob("a/small.txt")
    blob.upload_from_string("small")
    large = bucket.blob("large.bin", chunk_size=262144)
    large.upload_from_string(b"\7" * 1_000_000)
    assert large.download_as_bytes(start=1, end=3) == b"\7\7\7"
    assert [one.name for one in client.list_blobs(bucket, prefix="a/")] == ["a/small.txt"]
    bucket.copy_blob(blob, bucket, "copy.txt")
    refused(exceptions.PreconditionFailed, lambda: blob.upload_from_string("x", if_generation_match=0))
    blob.metadata = {"a": "b"}
    blob.patch()
    assert bucket.get_blob("a/small.txt").metadata == {"a": "b"}
    composed = bucket.blob("both.txt")
    composed.compose([blob, bucket.blob("copy.txt")])
    assert composed.download_as_text() == "smallsmall"
    refused(exceptions.Conflict, lambda: client.create_bucket(f"{project}-python"))
    bucket.delete(force=True)
    assert client.lookup_bucket(f"{project}-python") is None


def storage_new_bucket_has_legacy_bindings():
    bucket = storage.Client().create_bucket(f"{project}-python-legacy")
    assert bucket.get_iam_policy(requested_policy_version=3).bindings


def logging_write_and_read():
    client = cloud_logging.Client()
    client.logger("python").log_text("a sentence", severity="WARNING")
    client.logger("python").log_struct({"message": "a structure"})
    entries = list(client.list_entries(filter_='logName:"python" AND severity=WARNING'))
    assert [one.payload for one in entries] == ["a sentence"], entries


def resourcemanager_policy():
    client = resourcemanager_v3.ProjectsClient()
    assert client.get_project(name=f"projects/{project}").project_id == project
    policy = client.get_iam_policy(resource=f"projects/{project}")
    assert any(one.role == "roles/owner" for one in policy.bindings)
    refused(exceptions.PermissionDenied, lambda: client.get_project(name="projects/not-my-project"))


def run_admin():
    client = run_v2.ServicesClient()
    service = run_v2.Service(template={"containers": [{"image": "a/receiver:1"}], "service_account": caller})
    made = client.create_service(parent=place, service=service, service_id="python").result(timeout=30)
    made.template.containers[0].env.append(run_v2.EnvVar(name="A", value="b"))
    assert client.update_service(service=made).result(timeout=30).generation == 2
    assert len(list(run_v2.RevisionsClient().list_revisions(parent=made.name))) == 2
    policy = client.get_iam_policy(request={"resource": made.name})
    policy.bindings.add(role="roles/run.invoker", members=[member])
    client.set_iam_policy(request=iam_policy_pb2.SetIamPolicyRequest(resource=made.name, policy=policy))
    own = service_account.IDTokenCredentials.from_service_account_info(key, target_audience=made.uri)
    assert AuthorizedSession(own).get(made.uri, timeout=20).status_code == 200
    jobs = run_v2.JobsClient()
    job = run_v2.Job(template={"template": {"containers": [{"image": "a/receiver:1"}]}})
    jobs.create_job(parent=place, job=job, job_id="python").result(timeout=30)
    jobs.delete_job(name=f"{place}/jobs/python").result(timeout=30)
    client.delete_service(name=made.name).result(timeout=30)


def functions_list():
    client = functions_v2.FunctionServiceClient()
    assert f"{place}/functions/second" in [one.name for one in client.list_functions(parent=place)]
    refused(exceptions.NotFound, lambda: client.get_function(name=f"{place}/functions/none"))


def eventarc_triggers():
    client = eventarc_v1.EventarcClient()
    assert list(client.list_triggers(parent=place)) == []
    refused(exceptions.NotFound, lambda: client.get_trigger(name=f"{place}/triggers/none"))


def artifactregistry_repositories():
    client = artifactregistry_v1.ArtifactRegistryClient()
    repository = artifactregistry_v1.Repository(format_=artifactregistry_v1.Repository.Format.DOCKER)
    made = client.create_repository(parent=place, repository=repository, repository_id="python").result(timeout=30)
    assert made.name in [one.name for one in client.list_repositories(parent=place)]
    client.delete_repository(name=made.name).result(timeout=30)


def serviceusage():
    client = service_usage_v1.ServiceUsageClient()
    name = f"projects/{project}/services/run.googleapis.com"
    client.enable_service(request={"name": name}).result(timeout=30)
    assert client.get_service(request={"name": name}).state == service_usage_v1.State.ENABLED


def auth_cloud_accesstoken_impersonated_credentials():
    source = service_account.Credentials.from_service_account_info(key, scopes=[SCOPE])
    target = impersonated_credentials.Credentials(source, target_principal=caller, target_scopes=[SCOPE])
    client = secretmanager.SecretManagerServiceClient(credentials=target)
    assert client.access_secret_version(name=os.environ["SECRET"]).payload.data == b"sesame"


checks = [
    value for value in list(globals().values()) if callable(value) and getattr(value, "__module__", "") == "__main__"
]
for check in checks:
    if check is refused:
        continue
    try:
        check()
        print(f"ok python {check.__name__}", flush=True)
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[1]
        first = str(error).split("\n")[0][:400]
        print(f"failed python {check.__name__}: line {where.lineno}: {type(error).__name__} {first}", flush=True)
sys.stdout.flush()
os._exit(0)
