import pulumi
import pulumi_gcp as gcp
from pulumi_gcp_invoke import (
    AuthenticatedWorkflow,
    ExternalApi,
    InvokableBackend,
    InvokableFunction,
    InvokableService,
    TargetArgs,
)

config = pulumi.Config()
location = config.get("location") or "europe-west1"
images = "europe-docker.pkg.dev/demo/examples/workflow-to-everything"

# A Cloud Run service takes an ID token for its URL.
stock = InvokableService("stock", image=f"{images}-stock:1", location=location)

# A function of the 2nd generation takes the same. The grant is on the service beneath it.
price = InvokableFunction("price", source="../function", runtime="nodejs22", entry_point="price", location=location)

# An application behind Identity-Aware Proxy takes an ID token for its client ID.
erp = InvokableBackend(
    "erp",
    image=f"{images}-erp:1",
    location=location,
    iap_client_id=config.get("iapClientId") or "123456789012-demo.apps.googleusercontent.com",
)

# A Google API takes an access token.
logging = TargetArgs(
    kind="google-api",
    url="https://logging.googleapis.com",
    roles=[{"role": "roles/logging.logWriter"}],
    scopes=["https://www.googleapis.com/auth/logging.write"],
)

# An API outside Google Cloud takes a secret in a header.
key = gcp.secretmanager.Secret("rates-key", secret_id="rates-key", replication={"auto": {}})
version = gcp.secretmanager.SecretVersion(
    "rates-key",
    secret=key.id,
    secret_data=config.get_secret("ratesKey") or pulumi.Output.secret("not the real one"),
)
rates = ExternalApi("rates", url="https://rates.example.com", secret=key.secret_id, version=version.version)

everything = AuthenticatedWorkflow(
    "everything",
    location=location,
    source=pulumi.FileAsset("../everything.yaml"),
    targets={
        "stock": stock.target,
        "price": price.target,
        "erp": erp.target,
        "logging": logging,
        "rates": rates.target,
    },
    smoke_check={"argument": {}, "expect": {"stock": "/items", "price": 12, "erp": "/bookings", "rate": 1.1}},
)

pulumi.export("invokeCommand", everything.invoke_command)
