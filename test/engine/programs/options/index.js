// Every resource option, over three phases: made, changed, and mostly gone.
const gcp = require("@pulumi/gcp");
const pulumi = require("@pulumi/pulumi");

const phase = new pulumi.Config().requireNumber("phase");
const lifetime = { messageRetentionDuration: phase >= 2 ? "700s" : "600s" };
const topic = (name, args = {}, options = {}) => new gcp.pubsub.Topic(name, args, options);

class Box extends pulumi.ComponentResource {
    constructor(name, options) {
        super("test:index:Box", name, {}, options);
        this.topic = topic(`${name}-topic`, { name: "boxed" }, { parent: this });
        this.registerOutputs({ id: this.topic.id });
    }
}

const labelled = ({ props, opts, type }) =>
    type === "gcp:pubsub/topic:Topic" ? { props: { ...props, labels: { team: "boxes" } }, opts } : undefined;
const box =
    phase < 2
        ? new Box("one", { transforms: [labelled] })
        : new Box("two", { transforms: [labelled], aliases: [{ name: "one" }] });
const moved = { name: "moved" };
topic("moved", moved, phase < 2 ? {} : { parent: box, aliases: [{ parent: pulumi.rootStackResource }] });
topic(phase < 2 ? "old" : "new", { name: "renamed" }, { aliases: [{ name: "old" }] });

topic("ignored", { labels: { phase: `p${phase}` } }, { ignoreChanges: ["labels.phase"] });
topic("hidden", { ...lifetime, labels: { phase: `p${phase}` } }, { hideDiffs: ["labels"] });
const replaced = topic("replaced", lifetime, { replaceOnChanges: ["messageRetentionDuration"] });
topic("companion", {}, { replaceWith: [replaced] });
topic("triggered", {}, { replacementTrigger: phase >= 2 ? "second" : "first" });
const first = topic("first", lifetime, { deleteBeforeReplace: true, replaceOnChanges: ["*"] });
new gcp.pubsub.Subscription("after-first", { topic: first.name, ackDeadlineSeconds: 20 });
topic("fixed", { name: phase < 2 ? "fixed-a" : "fixed-b" });
topic("timed", lifetime, { customTimeouts: { create: "1m", update: "90s", delete: "2h" } });
topic("secretive", {}, { additionalSecretOutputs: ["name"] });
topic("labelled", { labels: { hush: pulumi.secret(phase < 3 ? "quiet" : "louder") } });
const provider = new gcp.Provider("elsewhere", { project: "demo", defaultLabels: { by: "provider" } });
topic("provided", {}, { provider });
const known = topic("known", { name: "known" });

if (phase < 3) {
    topic("guarded", { name: "guarded" }, { protect: phase < 2 });
    const owner = topic("owner", { name: "owner" });
    topic("owned", { name: "owned" }, { deletedWith: owner });
    topic("retained", { name: "retained" }, { retainOnDelete: true });
} else {
    topic("taken", { name: "retained" }, { import: "projects/demo/topics/retained" });
}
const read = gcp.pubsub.Topic.get("read", known.id, undefined, { dependsOn: [box] });
new pulumi.Stash("stash", { input: { phase, secret: pulumi.secret(phase) } });

exports.read = read.name;
exports.replaced = replaced.messageRetentionDuration;
exports.secret = pulumi.secret("x");
exports.list = [box.topic.name, { nested: phase }];
