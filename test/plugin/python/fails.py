import asyncio
import os
import pulumi

kind = pulumi.Config().require("kind")


class Service(pulumi.ComponentResource):
    def __init__(self, name, props, opts=None):
        super().__init__("pulumi-gcp-invoke:index:InvokableService", name, {"target": None, "image": "i", "location": "europe-west1", **props}, opts, remote=True)


async def linger(args):
    print("lingers", flush=True)
    await asyncio.sleep(0.6)


def fail(args):
    raise Exception("the hook says no")


def topic(name, props, opts=None):
    return pulumi.CustomResource("gcp:pubsub/topic:Topic", name, props, opts)


for at in range(3):
    when = ["before_create", "after_create"][at % 2]
    hook = pulumi.ResourceHook(f"linger-{at}", linger)
    topic(f"beside-{at}", {"name": f"beside-{at}"}, pulumi.ResourceOptions(hooks=pulumi.ResourceHookBinding(**{when: [hook]})))
Service("beside", {})

begun = pulumi.Output.from_input(asyncio.sleep(0.3))
soon = begun.apply(lambda _: "bad")
if kind == "argument":
    Service("bad", {"ingress": "foo"})
if kind == "late argument":
    Service("bad", {"ingress": begun.apply(lambda _: "foo")})
if kind == "cloud":
    topic("bad", {"name": soon})
if kind == "provider":
    topic("bad", {"name": "bad-topic", "labels": soon})
if kind == "hook":
    hook = pulumi.ResourceHook("no", fail)
    topic("bad", {"name": "no-topic"}, pulumi.ResourceOptions(hooks=pulumi.ResourceHookBinding(before_create=[hook])))
if kind == "transform":
    def refuse(args):
        raise Exception("the transform says no")
    topic("bad", {"name": "no-topic"}, pulumi.ResourceOptions(transforms=[refuse]))
if kind == "exception":
    raise Exception("the program says no")
if kind == "apply":
    def refuse_value(_):
        raise Exception("the apply says no")
    topic("bad", {"name": begun.apply(refuse_value)})
if kind == "exit":
    begun.apply(lambda _: os._exit(3))
if kind == "killed":
    begun.apply(lambda _: os.kill(os.getpid(), 9))
if kind == "function":
    pulumi.runtime.invoke("gcp:organizations/getProject:getProject", {"projectId": 7, "wrong": []})
