const { appendFileSync } = require("node:fs");
const pulumi = require("@pulumi/pulumi");
const cloudrunv2 = require("@pulumi/gcp/cloudrunv2");
const serviceaccount = require("@pulumi/gcp/serviceaccount");

const location = "europe-west1";
const services = new pulumi.Config().requireNumber("services");
// A service, its account and grants, and a caller with an account and a grant: six resources.
for (let n = 0; n < services; n++) {
    const account = (name) => new serviceaccount.Account(name, { accountId: name });
    const [caller, own] = [account(`caller-${n}`), account(`service-${n}`)];
    const { name } = new cloudrunv2.Service(`s${n}`, {
        location,
        name: `s${n}`,
        deletionProtection: false,
        template: { serviceAccount: own.email, containers: [{ image: "example/s" }] },
    });
    const { member } = caller;
    new cloudrunv2.ServiceIamMember(`invoke-${n}`, { location, name, role: "roles/run.invoker", member });
    new cloudrunv2.ServiceIamMember(`view-${n}`, { location, name, role: "roles/run.viewer", member });
    new serviceaccount.IAMMember(`act-${n}`, {
        serviceAccountId: own.name,
        role: "roles/iam.serviceAccountUser",
        member,
    });
}

// What the process took, for the bench: a line for each run.
process.on("exit", () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    const usage = { kilobytes: maxRSS, microseconds: userCPUTime + systemCPUTime };
    appendFileSync(process.env.BENCH_USAGE, `${JSON.stringify(usage)}\n`);
});
