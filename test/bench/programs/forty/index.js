const pulumi = require("@pulumi/pulumi");
const cloudrunv2 = require("@pulumi/gcp/cloudrunv2");
const serviceaccount = require("@pulumi/gcp/serviceaccount");

// Forty services, each with an account of its own and a grant. Another round changes every service.
const value = new pulumi.Config().require("round");
const location = "europe-west1";
for (let n = 0; n < 40; n++) {
    const { email } = new serviceaccount.Account(`account-${n}`, { accountId: `account-${n}` });
    const containers = [{ image: "images/x:1", envs: [{ name: "ROUND", value }] }];
    const { name } = new cloudrunv2.Service(`service-${n}`, {
        location,
        deletionProtection: false,
        template: { serviceAccount: email, containers },
    });
    const role = "roles/run.invoker";
    new cloudrunv2.ServiceIamMember(`grant-${n}`, { location, name, role, member: "user:caller@example.com" });
}
