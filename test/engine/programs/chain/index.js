const pulumi = require("@pulumi/pulumi");
const gcp = require("@pulumi/gcp");

const config = new pulumi.Config();
const revision = config.get("revision") ?? "1";

class Chain extends pulumi.ComponentResource {
    constructor(name, opts) {
        super("test:index:Chain", name, {}, opts);
        const account = new gcp.serviceaccount.Account(
            name,
            { accountId: config.get("account") ?? "chain-caller", displayName: "Chain" },
            { parent: this },
        );
        const service = new gcp.cloudrunv2.Service(
            `${name}-api`,
            {
                location: "us-central1",
                deletionProtection: false,
                template: {
                    serviceAccount: account.email,
                    containers: [
                        { image: `example/api:${revision}`, envs: [{ name: "KEY", value: pulumi.secret("quiet") }] },
                    ],
                },
            },
            { parent: this },
        );
        const grant = new gcp.cloudrunv2.ServiceIamMember(
            `${name}-grant`,
            {
                location: service.location,
                name: service.name,
                role: "roles/run.invoker",
                member: pulumi.interpolate`serviceAccount:${account.email}`,
            },
            { parent: this },
        );
        const workflow = new gcp.workflows.Workflow(
            `${name}-flow`,
            {
                region: "us-central1",
                serviceAccount: account.id,
                deletionProtection: false,
                sourceContents: pulumi.interpolate`main: { steps: [{ done: { return: "${revision} ${service.uri}" } }] }`,
            },
            { parent: this, dependsOn: [grant] },
        );
        const check = (args) => {
            console.log(`checked ${args.name}: ${JSON.stringify(args.newInputs.input)}`);
            if (config.get("check") === "fails") {
                throw new Error("the api answered 403");
            }
        };
        this.gate = new pulumi.Stash(
            `${name}-gate`,
            { input: pulumi.all([workflow.revisionId, service.uri]).apply(([flow, uri]) => ({ flow, uri })) },
            {
                parent: this,
                dependsOn: [grant, workflow],
                hooks: {
                    beforeCreate: [new pulumi.ResourceHook(`${name}-create`, check)],
                    beforeUpdate: [new pulumi.ResourceHook(`${name}-update`, check)],
                },
            },
        );
        this.uri = service.uri;
        this.registerOutputs({ uri: this.uri });
    }
}

const chain = new Chain("chain");
module.exports = { uri: chain.uri, hush: pulumi.secret("hush") };
