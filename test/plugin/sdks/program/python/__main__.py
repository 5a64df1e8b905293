from typing import Any

import pulumi
import pulumi_gcp_invoke as invoke

LOCATION = "europe-west1"
healthy = pulumi.Config().require_bool("healthy")


def image(name: str) -> str:
    return f"europe-docker.pkg.dev/acme/shop/{name}:1"


# A checker of types takes the data of a target only where any type is allowed.
def data_of(target: Any) -> Any:
    return target


stock = invoke.InvokableService("stock", image=image("stock"), location=LOCATION, ingress=invoke.Ingress.ALL)
orders = invoke.InvokableService(
    "orders",
    image=image("orders"),
    ingress=invoke.Ingress.ALL,
    location=LOCATION,
    env={"PASSWORD": pulumi.Output.secret("never-shown")},
    invokes={"stock": data_of(stock.target)},
)
report = invoke.InvokableFunction(
    "report",
    source="./report",
    runtime="nodejs22",
    entry_point="report",
    location=LOCATION,
)
place = invoke.AuthenticatedWorkflow(
    "place",
    location=LOCATION,
    source=pulumi.FileAsset("place.yaml"),
    targets={"orders": data_of(orders.target)},
    smoke_check=invoke.WorkflowSmokeCheckArgs(argument={"order": 7}, expect={"ok": healthy}),
)
invoke.AuthenticatedSchedule("nightly", location=LOCATION, schedule="0 2 * * *", target=data_of(report.target))
invoke.AuthenticatedQueue("emails", location=LOCATION, target=data_of(stock.target), path="/send", enqueuers=[orders.member])
invoke.AuthenticatedPush("placed", target=data_of(stock.target), path="/placed")
invoke.ContinuousCheck(
    "pulse",
    location=LOCATION,
    schedule="*/5 * * * *",
    requests={"stock": {"target": data_of(stock.target), "path": "/"}},
)
pulumi.export("kind", orders.target.kind)
pulumi.export("invokeCommand", place.invoke_command)
