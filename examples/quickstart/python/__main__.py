import pulumi
from pulumi_gcp_invoke import AuthenticatedWorkflow, Ingress, InvokableService, TargetArgs

config = pulumi.Config()
location = config.get("location") or "europe-west1"
# The repository of the images, which is set by `pulumi config set images europe-docker.pkg.dev/PROJECT/REPOSITORY`.
images = config.get("images") or "europe-docker.pkg.dev/demo/quickstart"

orders = InvokableService("orders", image=f"{images}/orders:1", location=location)
stock = InvokableService("stock", image=f"{images}/stock:1", location=location)

# Everybody on the internet reaches this service, and still only callers with a grant get in.
front = InvokableService("front", image=f"{images}/front:1", location=location, ingress=Ingress.ALL)

logging = TargetArgs(
    kind="google-api",
    url="https://logging.googleapis.com",
    roles=[{"role": "roles/logging.logWriter"}],
    scopes=["https://www.googleapis.com/auth/logging.write"],
)

fulfil = AuthenticatedWorkflow(
    "fulfil",
    location=location,
    source=pulumi.FileAsset("../fulfil.yaml"),
    targets={"orders": orders.target, "stock": stock.target, "logging": logging},
    smoke_check={
        "argument": {"order": 7, "item": "lamp"},
        "expect": {"status": "reserved", "order": 7, "left": 4},
    },
)

pulumi.export("ordersUrl", orders.url)
pulumi.export("stockUrl", stock.url)
pulumi.export("frontUrl", front.url)
pulumi.export("workflow", fulfil.workflow_id)
pulumi.export("serviceAccount", fulfil.service_account_email)
pulumi.export("invokeCommand", fulfil.invoke_command)
