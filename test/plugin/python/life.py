import pulumi

step = pulumi.Config().require("step")
times = [when + "_" + what for when in ("before", "after") for what in ("create", "update", "delete")]


def say(time):
    return pulumi.ResourceHook(time, lambda args: print(time.replace("_", " "), args.name, flush=True))


def transform(args):
    print("transform", args.name, flush=True)
    if args.type_ == "pulumi-gcp-invoke:index:InvokableService":
        return pulumi.ResourceTransformResult({**args.props, "labels": {"by": "transform"}}, args.opts)


class Service(pulumi.ComponentResource):
    target: pulumi.Output[dict]

    def __init__(self, name, props, opts=None):
        super().__init__("pulumi-gcp-invoke:index:InvokableService", name, {"target": None, "image": "i", "location": "europe-west1", **props}, opts, remote=True)


hooks = pulumi.ResourceHookBinding(**{time: [say(time)] for time in times})
stock = Service("stock", {"ingress": "all"})
if step != "gone":
    Service(
        "orders",
        {"invokes": {"stock": stock.target}, "env": {"PASSWORD": pulumi.Output.secret("never-shown")}},
        pulumi.ResourceOptions(hooks=hooks, transforms=[transform] if step == "one" else None),
    )
