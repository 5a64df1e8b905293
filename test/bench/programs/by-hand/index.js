const pulumi = require("@pulumi/pulumi");
const cloudrunv2 = require("@pulumi/gcp/cloudrunv2");
const serviceaccount = require("@pulumi/gcp/serviceaccount");
const workflows = require("@pulumi/gcp/workflows");
const { callers, location, source, targets: keys } = require("../size.cjs");

const account = (accountId) => new serviceaccount.Account(`${accountId}-account`, { accountId: `${accountId}-0000` });

const targets = Object.fromEntries(
    keys.map((key) => [
        key,
        new cloudrunv2.Service(key, {
            location,
            ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY",
            deletionProtection: false,
            template: { serviceAccount: account(key).email, containers: [{ image: "images/x:1" }] },
        }),
    ]),
);

for (const caller of callers) {
    const { email, member } = account(caller);
    const grants = Object.entries(targets).map(
        ([key, { name, project }]) =>
            new cloudrunv2.ServiceIamMember(`${caller}-${key}`, {
                location,
                project,
                name,
                role: "roles/run.invoker",
                member,
            }),
    );
    const workflow = new workflows.Workflow(
        caller,
        {
            region: location,
            sourceContents: source(true),
            serviceAccount: email,
            deletionProtection: false,
            userEnvVars: Object.fromEntries(
                Object.entries(targets).map(([key, { uri }]) => [`${key.toUpperCase()}_URL`, uri]),
            ),
        },
        { dependsOn: grants },
    );
    // What a component's gate keeps, without what it would check.
    new pulumi.Stash(`${caller}-smoke`, { input: workflow.revisionId }, { dependsOn: [workflow, ...grants] });
}
