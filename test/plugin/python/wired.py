"""A workflow with a target in a private network, and a service behind ESPv2: what other languages write of both."""

import pulumi

step = pulumi.Config().require("step")
place = {"location": "europe-west1"}


class Namespace(pulumi.CustomResource):
    id: pulumi.Output[str]

    def __init__(self, name):
        super().__init__("gcp:servicedirectory/namespace:Namespace", name, {"namespaceId": name, **place})


class Entry(pulumi.CustomResource):
    name: pulumi.Output[str]

    def __init__(self, name, namespace):
        super().__init__("gcp:servicedirectory/service:Service", name, {"serviceId": name, "namespace": namespace.id, "name": None})


class Account(pulumi.CustomResource):
    email: pulumi.Output[str]

    def __init__(self, name):
        super().__init__("gcp:serviceaccount/account:Account", name, {"accountId": name, "email": None})


class Component(pulumi.ComponentResource):
    target: pulumi.Output[dict]
    source: pulumi.Output[str]

    def __init__(self, kind, name, props, opts=None):
        known = {"target": None} if kind == "InvokableService" else {}
        super().__init__(f"pulumi-gcp-invoke:index:{kind}", name, {**known, **place, **props}, opts, remote=True)


entry = Entry("stock", Namespace("inner"))
signer = Account("signer-account")
stock = Component("InvokableService", "stock", {"image": "i", "ingress": "all"})
front = Component(
    "InvokableService",
    "front",
    {
        "image": "gcr.io/endpoints-release/endpoints-runtime-serverless:2",
        "ingress": "all",
        "invokes": {"stock": stock.target},
        "smokeCheck": {
            "endpoints": {
                "issuers": [] if step == "no-issuers" else [signer.email],
                "audiences": ["https://shop.example.com"],
                "open": ["GET /healthz"],
                "path": pulumi.Output.from_input("/orders"),
            }
        },
    },
)
workflow = {
    "source": pulumi.StringAsset("main:\n  steps:\n    - go:\n        call: http.get\n        args:\n          url: ${sys.get_env(\"STOCK_URL\")}\n"),
    "targets": {"stock": stock.target},
    "privateServices": {"stock": {"name": entry.name, "networkProject": "" if step == "no-project" else "shared"}},
}
if step == "renamed":
    Component("AuthenticatedWorkflow", "second", workflow, pulumi.ResourceOptions(aliases=[pulumi.Alias(name="first")]))
else:
    Component("AuthenticatedWorkflow", "first", workflow)
