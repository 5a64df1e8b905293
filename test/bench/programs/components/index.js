const pulumi = require("@pulumi/pulumi");
const { AuthenticatedWorkflow, InvokableService } = require("pulumi-gcp-invoke");
const { callers, location, source, targets: keys } = require("../size.cjs");

const targets = Object.fromEntries(
    keys.map((key) => [key, new InvokableService(key, { image: "images/x:1", location })]),
);
for (const caller of callers) {
    new AuthenticatedWorkflow(caller, { location, targets, source: new pulumi.asset.StringAsset(source(false)) });
}
