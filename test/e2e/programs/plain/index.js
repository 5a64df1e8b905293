// Somebody else's program: no component of ours, plain JavaScript, names of its own.
const gcp = require("@pulumi/gcp");
const pulumi = require("@pulumi/pulumi");

const location = "us-central1";
const caller = new gcp.serviceaccount.Account("caller", { accountId: "nightly-caller", displayName: "Nightly" });
const report = new gcp.cloudrunv2.Service("report", {
    name: "report",
    location,
    ingress: "INGRESS_TRAFFIC_ALL",
    deletionProtection: false,
    template: { containers: [{ image: "us-docker.pkg.dev/cloudrun/container/hello" }] },
});
const grant = new gcp.cloudrunv2.ServiceIamMember("caller-calls-report", {
    name: report.name,
    location,
    role: "roles/run.invoker",
    member: caller.member,
});
const nightly = new gcp.workflows.Workflow(
    "nightly",
    {
        name: "nightly",
        region: location,
        serviceAccount: caller.email,
        deletionProtection: false,
        sourceContents: pulumi.interpolate`main:
    steps:
        - call_report:
            call: http.get
            args:
                url: ${report.uri}
                auth:
                    type: OIDC
            result: answer
        - done:
            return: $\{answer.code}
`,
    },
    { dependsOn: [grant] },
);

exports.nightly = nightly.id;
exports.uri = report.uri;
