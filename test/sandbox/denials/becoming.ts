import type { Row } from "./invocation";
import { image, location, type Account, type World } from "./world";

const creator = "roles/iam.serviceAccountTokenCreator";
const credentials = (account: Account): string =>
    `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${account.email}:generateIdToken`;

/** Becoming another account: `links` grants what is needed, the last of it only where it shall be allowed. */
function impersonation(
    what: string,
    count: number,
    links: (chain: Account[]) => [target: Account, by: Account][],
): Row {
    const run = async (world: World, allowed: boolean): Promise<number> => {
        const chain = await Promise.all(Array.from({ length: count }, () => world.account()));
        const [caller, ...rest] = chain as [Account, ...Account[]];
        const target = rest.at(-1) ?? caller;
        links(chain).forEach(([on, by], i) => {
            if (i > 0 || allowed) {
                world.grant(world.onAccount(on), creator, by);
            }
        });
        const delegates = rest.slice(0, -1).map(({ email }) => `projects/-/serviceAccounts/${email}`);
        return world.status("POST", credentials(target), { audience: "https://example.com", delegates }, caller);
    };
    return { what, status: 403, deny: (world) => run(world, false), allow: (world) => run(world, true) };
}

const at = (chain: Account[], i: number): Account => chain[i] ?? (chain[0] as Account);
const impersonations: Row[] = [
    impersonation("impersonation without the role", 2, (chain) => [[at(chain, 1), at(chain, 0)]]),
    impersonation("a chain whose first link is missing", 3, (chain) => [
        [at(chain, 1), at(chain, 0)],
        [at(chain, 2), at(chain, 1)],
    ]),
    impersonation("a chain whose last link is missing", 3, (chain) => [
        [at(chain, 2), at(chain, 1)],
        [at(chain, 1), at(chain, 0)],
    ]),
    impersonation("self-impersonation without a grant", 1, (chain) => [[at(chain, 0), at(chain, 0)]]),
];

/** A deployment that runs as an account, by one who has every role of the API and may not act as that account. */
function actAs(
    what: string,
    roles: string[],
    request: (world: World, account: string) => Promise<[method: string, url: string, body: object]>,
): Row {
    const run = async (world: World, allowed: boolean): Promise<number> => {
        const deployer = await world.account();
        const account = await world.account();
        for (const role of roles) {
            world.grant(world.project, role, deployer);
        }
        if (allowed) {
            world.grant(world.onAccount(account), "roles/iam.serviceAccountUser", deployer);
        }
        const [method, url, body] = await request(world, account.email);
        return world.status(method, url, body, deployer);
    };
    return { what: `actAs missing: ${what}`, status: 403, deny: (w) => run(w, false), allow: (w) => run(w, true) };
}

const run = "https://run.googleapis.com/v2";
const functions = "https://cloudfunctions.googleapis.com";
const oidc = (serviceAccountEmail: string) => ({ serviceAccountEmail, audience: "https://example.com" });
const source = "main:\n  steps:\n    - done:\n        return: 1\n";

async function topic(world: World): Promise<string> {
    const name = `projects/demo/topics/${world.fresh("topic")}`;
    await world.call("PUT", `https://pubsub.googleapis.com/v1/${name}`, {});
    return name;
}

const deployments: Row[] = [
    actAs("creating a Cloud Run service", ["roles/run.admin"], (world, serviceAccount) =>
        Promise.resolve([
            "POST",
            `${run}/${location}/services?serviceId=${world.fresh("service")}`,
            { template: { ...image, serviceAccount } },
        ]),
    ),
    actAs("updating a Cloud Run service", ["roles/run.admin"], async (world, serviceAccount) => {
        const { name } = await world.service();
        return ["PATCH", `${run}/${name}`, { template: { ...image, serviceAccount } }];
    }),
    actAs("a Cloud Run service by the older API", ["roles/run.admin"], (world, serviceAccountName) =>
        Promise.resolve([
            "POST",
            "https://europe-west1-run.googleapis.com/apis/serving.knative.dev/v1/namespaces/demo/services",
            {
                apiVersion: "serving.knative.dev/v1",
                kind: "Service",
                metadata: { name: world.fresh("service") },
                spec: { template: { spec: { ...image, serviceAccountName } } },
            },
        ]),
    ),
    actAs("a job of Cloud Run", ["roles/run.admin"], (world, serviceAccount) =>
        Promise.resolve([
            "POST",
            `${run}/${location}/jobs?jobId=${world.fresh("job")}`,
            { template: { template: { ...image, serviceAccount } } },
        ]),
    ),
    actAs("a function of the first generation", ["roles/cloudfunctions.admin"], (world, serviceAccountEmail) => {
        const name = `${location}/functions/${world.fresh("function")}`;
        const body = { name, runtime: "nodejs22", httpsTrigger: {}, sourceArchiveUrl: "gs://b/o", serviceAccountEmail };
        return Promise.resolve(["POST", `${functions}/v1/${location}/functions`, body]);
    }),
    ...["v2", "v2beta"].map((version) =>
        actAs(`a function by ${version}`, ["roles/cloudfunctions.admin"], (world, serviceAccountEmail) =>
            Promise.resolve([
                "POST",
                `${functions}/${version}/${location}/functions?functionId=${world.fresh("function")}`,
                {
                    buildConfig: { runtime: "nodejs22", source: { storageSource: { bucket: "b", object: "o" } } },
                    serviceConfig: { serviceAccountEmail },
                },
            ]),
        ),
    ),
    actAs("a workflow", ["roles/workflows.admin"], (world, serviceAccount) => {
        const url = `https://workflows.googleapis.com/v1/${location}/workflows?workflowId=${world.fresh("workflow")}`;
        return Promise.resolve(["POST", url, { serviceAccount, sourceContents: source }]);
    }),
    actAs("updating a workflow", ["roles/workflows.admin"], async (world, serviceAccount) => {
        const name = `${location}/workflows/${world.fresh("workflow")}`;
        const url = `https://workflows.googleapis.com/v1/${location}/workflows`;
        await world.call("POST", `${url}?workflowId=${name.split("/").at(-1) ?? ""}`, { sourceContents: source });
        return ["PATCH", `https://workflows.googleapis.com/v1/${name}?updateMask=serviceAccount`, { serviceAccount }];
    }),
    actAs("a job of Scheduler", ["roles/cloudscheduler.admin"], (world, email) =>
        Promise.resolve([
            "POST",
            `https://cloudscheduler.googleapis.com/v1/${location}/jobs`,
            {
                name: `${location}/jobs/${world.fresh("job")}`,
                schedule: "0 0 1 1 *",
                httpTarget: { uri: "https://example.com/", oidcToken: oidc(email) },
            },
        ]),
    ),
    actAs("a task", ["roles/cloudtasks.admin"], async (world, email) => {
        const queue = `${location}/queues/${world.fresh("queue")}`;
        const api = "https://cloudtasks.googleapis.com/v2";
        await world.call("POST", `${api}/${location}/queues`, { name: queue });
        const scheduleTime = new Date(world.cloud.clock.now() + 3_600_000).toISOString();
        const httpRequest = { url: "https://example.com/", oidcToken: oidc(email) };
        return ["POST", `${api}/${queue}/tasks`, { task: { scheduleTime, httpRequest } }];
    }),
    actAs("a queue with a token of its own", ["roles/cloudtasks.admin"], (world, email) =>
        Promise.resolve([
            "POST",
            `https://cloudtasks.googleapis.com/v2/${location}/queues`,
            { name: `${location}/queues/${world.fresh("queue")}`, httpTarget: { oidcToken: oidc(email) } },
        ]),
    ),
    actAs("a push subscription", ["roles/pubsub.admin"], async (world, email) => [
        "PUT",
        `https://pubsub.googleapis.com/v1/projects/demo/subscriptions/${world.fresh("push")}`,
        { topic: await topic(world), pushConfig: { pushEndpoint: "https://example.com/", oidcToken: oidc(email) } },
    ]),
    actAs("a trigger of Eventarc", ["roles/eventarc.admin"], async (world, serviceAccount) => {
        const { name } = await world.service();
        const id = world.fresh("trigger");
        return [
            "POST",
            `https://eventarc.googleapis.com/v1/${location}/triggers?triggerId=${id}`,
            {
                name: `${location}/triggers/${id}`,
                eventFilters: [{ attribute: "type", value: "google.cloud.pubsub.topic.v1.messagePublished" }],
                destination: { cloudRun: { service: name.split("/").at(-1), region: "europe-west1" } },
                serviceAccount,
            },
        ];
    }),
];

export const becomingRows: Row[] = [...impersonations, ...deployments];
