import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { deployer, Ingress, InvokableService } from "pulumi-gcp-invoke";

const location = new pulumi.Config().get("location") ?? "europe-west1";
const image = (name: string): string => `europe-docker.pkg.dev/demo/examples/${name}:1`;

/** Every stack of the organization writes its specs here. A spec says what is tried, and holds no token. */
const specs = new gcp.storage.Bucket("specs", {
    name: pulumi.interpolate`${gcp.config.project ?? "demo"}-smoke-specs`,
    location,
    uniformBucketLevelAccess: true,
    publicAccessPrevention: "enforced",
    forceDestroy: true,
});

/** The account of the check reads specs and policies, and calls as the probe accounts. It may invoke nothing itself. */
const checker = new gcp.serviceaccount.Account("fleet-check", {
    accountId: "fleet-check",
    displayName: "runs the smoke checks of all stacks",
});

/** Who may call as the probe account of a service: whoever deploys, and the check of the fleet. */
const probeMinters = [deployer(), checker.member];

const orders = new InvokableService("orders", {
    image: image("fleet-check-orders"),
    location,
    ingress: Ingress.All,
    smokeCheck: { probeMinters },
});
const web = new InvokableService("web", {
    image: image("fleet-check-web"),
    location,
    ingress: Ingress.All,
    invokes: { orders },
    smokeCheck: { path: "/items/lamp", expect: { result: { path: "/items/lamp" } }, probeMinters },
});

// Here two services stand for those of twenty teams with five stacks each.
for (let team = 1; team <= 20; team++) {
    const ofTeam = pulumi
        .all([orders.smokeCheck.spec, web.smokeCheck.spec])
        .apply((own: { name: string }[]) =>
            Array.from({ length: 5 }, (_, stack) =>
                own.map((spec) => ({ ...spec, name: `team-${team}/stack-${stack + 1}/${spec.name}` })),
            ).flat(),
        );
    new gcp.storage.BucketObject(`team-${team}`, {
        bucket: specs.name,
        name: `fleet/team-${team}.json`,
        content: pulumi.jsonStringify(ofTeam),
    });
}

const reads = [
    new gcp.storage.BucketIAMMember("fleet-check-specs", {
        bucket: specs.name,
        role: "roles/storage.objectViewer",
        member: checker.member,
    }),
    ...["roles/iam.securityReviewer", "roles/iam.serviceAccountViewer", "roles/run.viewer"].map(
        (role) =>
            new gcp.projects.IAMMember(`fleet-check-${role.split(".").at(-1)}`, {
                project: checker.project,
                role,
                member: checker.member,
            }),
    ),
];

/** Each task takes its part of the specs by the number that Cloud Run gives it. */
const job = new gcp.cloudrunv2.Job(
    "fleet-check",
    {
        name: "fleet-check",
        location,
        deletionProtection: false,
        template: {
            taskCount: 4,
            template: {
                serviceAccount: checker.email,
                maxRetries: 0,
                timeout: "900s",
                containers: [
                    {
                        image: image("gcp-invoke"),
                        args: ["verify", "--specs", pulumi.interpolate`gs://${specs.name}/fleet/`, "--format", "log"],
                    },
                ],
            },
        },
    },
    { dependsOn: reads },
);

export const runCommand = pulumi.interpolate`gcloud run jobs execute ${job.name} --region ${location} --wait`;
