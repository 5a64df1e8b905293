import pulumi
import pulumi_gcp_invoke as invoke

LOCATION = "europe-west1"
healthy = pulumi.Config().require_bool("healthy") is True


def image(name: str) -> str:
    return f"europe-docker.pkg.dev/acme/shop/{name}:1"


# For a checker of types, a target's data is one type as an output and another as an argument. Its URN is a text in both.
def target_of(component: pulumi.ComponentResource) -> invoke.TargetArgs:
    return invoke.TargetArgs(component=component.urn)


stock = invoke.InvokableService("stock", image=image("stock"), location=LOCATION, ingress=invoke.Ingress.ALL)
orders = invoke.InvokableService(
    "orders",
    image=image("orders"),
    ingress=invoke.Ingress.ALL,
    location=LOCATION,
    env={"PASSWORD": pulumi.Output.secret("never-shown")},
    invokes={"stock": target_of(stock)},
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
    targets={"orders": target_of(orders)},
    smoke_check=invoke.WorkflowSmokeCheckArgs(argument={"order": 7}, expect={"ok": healthy}),
)
invoke.AuthenticatedSchedule("nightly", location=LOCATION, schedule="0 2 * * *", target=target_of(report))
invoke.AuthenticatedQueue("emails", location=LOCATION, target=target_of(stock), path="/send", enqueuers=[orders.member])
invoke.AuthenticatedPush("placed", target=target_of(stock), path="/placed")
invoke.ContinuousCheck(
    "pulse",
    location=LOCATION,
    schedule="*/5 * * * *",
    requests={"stock": invoke.RequestCheckArgs(target=target_of(stock), path="/")},
)
pulumi.export("kind", orders.target.kind)
pulumi.export("invokeCommand", place.invoke_command)
