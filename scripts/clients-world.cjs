// Prepares the sandbox for the scripts of test/clients: makes the account that may do what they try, and nothing else.
const { mkdtempSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { setTimeout: sleep } = require("node:timers/promises");

const LOCATION = "europe-west1";
const WORKFLOW = 'main:\n  params: [args]\n  steps:\n    - done:\n        return: ${"hello " + args.name}\n';
const ARRIVAL_MILLISECONDS = 20_000;

/** The mapping with which the sandbox must be started. */
const mapping = join(__dirname, "..", "test", "clients", "sandbox.yaml");

/**
 * Makes the account `caller` with a key, a service that only it may call, a workflow, a secret, a topic that pushes, and
 * a queue.
 * @returns the account that the scripts act as, and the variables of their environment
 */
async function prepare(sandbox) {
    const { project } = sandbox;
    const call = async (method, url, body) => {
        const answer = await sandbox.request(method, url, { body });
        if (answer.status >= 300) {
            throw new Error(`${method} ${url}: ${JSON.stringify(answer.body)}`);
        }
        return answer.body;
    };
    const email = `caller@${project}.iam.gserviceaccount.com`;
    const member = `serviceAccount:${email}`;
    const accounts = `https://iam.googleapis.com/v1/projects/${project}/serviceAccounts`;
    const place = `projects/${project}/locations/${LOCATION}`;
    const grant = (url, ...roles) =>
        call("POST", `${url}:setIamPolicy`, {
            policy: { bindings: roles.map((role) => ({ role, members: [member] })) },
        });
    const ready = await sandbox.request("GET", `${accounts}/${email}`);
    if (ready.status !== 200) {
        await call("POST", accounts, { accountId: "caller" });
    }

    const services = `https://run.googleapis.com/v2/${place}/services`;
    const template = { containers: [{ image: "a/receiver:1" }] };
    await call("POST", `${services}?serviceId=receiver`, { template });
    const { uri } = await call("GET", `${services}/receiver`);
    await grant(`${services}/receiver`, "roles/run.invoker");
    await grant(`${accounts}/${email}`, "roles/iam.serviceAccountTokenCreator", "roles/iam.serviceAccountUser");

    await call("POST", `${services}?serviceId=closed-receiver`, { template });
    const { uri: closed } = await call("GET", `${services}/closed-receiver`);
    const functions = await makeFunctions(call, grant, place);
    const agents = await makeAgents(call, grant, services);

    const workflows = `https://workflows.googleapis.com/v1/${place}/workflows`;
    await call("POST", `${workflows}?workflowId=hello`, { sourceContents: WORKFLOW, serviceAccount: email });
    const secrets = `https://secretmanager.googleapis.com/v1/projects/${project}/secrets`;
    await call("POST", `${secrets}?secretId=word`, { replication: { automatic: {} } });
    await call("POST", `${secrets}/word:addVersion`, { payload: { data: Buffer.from("sesame").toString("base64") } });
    await grant(`${secrets}/word`, "roles/secretmanager.secretAccessor");
    const topic = `projects/${project}/topics/news`;
    await call("PUT", `https://pubsub.googleapis.com/v1/${topic}`, {});
    await grant(`https://pubsub.googleapis.com/v1/${topic}`, "roles/pubsub.publisher");
    await call("PUT", `https://pubsub.googleapis.com/v1/projects/${project}/subscriptions/news`, {
        topic,
        pushConfig: { pushEndpoint: `${uri}/push`, oidcToken: { serviceAccountEmail: email, audience: uri } },
    });
    const queues = `https://cloudtasks.googleapis.com/v2/${place}/queues`;
    await call("POST", queues, { name: `${place}/queues/work` });
    await grant(`${queues}/work`, "roles/cloudtasks.enqueuer");
    // The permission to execute a workflow is granted on the project, because workflows have no policy of their own.
    const policy = `https://cloudresourcemanager.googleapis.com/v1/projects/${project}`;
    const { bindings = [], etag } = await call("POST", `${policy}:getIamPolicy`, {});
    const added = ["roles/workflows.invoker", "roles/workflows.viewer", "roles/run.viewer"];
    const more = added.map((role) => ({ role, members: [member] }));
    await call("POST", `${policy}:setIamPolicy`, { policy: { bindings: [...bindings, ...more], etag } });

    const { privateKeyData } = await call("POST", `${accounts}/${email}/keys`, {});
    const { uniqueId } = await call("GET", `${accounts}/${email}`);
    const now = Math.trunc(Date.now() / 1000);
    const frozen = { extra: { iat: now - 3700, exp: now - 100 } };
    const env = {
        ...agents,
        ...functions,
        CLOSED_SERVICE_URL: closed,
        RECEIVERS: await writeReceivers(sandbox),
        FROZEN_TOKEN: sandbox.cloud.tokens.mintIdToken({ email, uniqueId }, agents.MCP_URL, frozen),
        SERVICE_URL: uri,
        CALLER: email,
        CALLER_KEY: Buffer.from(privateKeyData, "base64").toString(),
        WORKFLOW: `${place}/workflows/hello`,
        SECRET: `projects/${project}/secrets/word/versions/latest`,
        TOPIC: topic,
        QUEUE: `${place}/queues/work`,
    };
    return { member, env };
}

/** Makes a function of each generation that the account may call. @returns their URLs, as the samples know them */
async function makeFunctions(call, grant, place) {
    const functions = "https://cloudfunctions.googleapis.com";
    const [, project] = place.split("/");
    const start = { runtime: "nodejs22", entryPoint: "answer" };
    const first = { name: `${place}/functions/first`, ...start, httpsTrigger: {}, sourceArchiveUrl: "gs://b/o" };
    await call("POST", `${functions}/v1/${place}/functions`, first);
    await grant(`${functions}/v1/${place}/functions/first`, "roles/cloudfunctions.invoker");
    const source = { storageSource: { bucket: "b", object: "o" } };
    await call("POST", `${functions}/v2/${place}/functions?functionId=second`, { buildConfig: { ...start, source } });
    await grant(`https://run.googleapis.com/v2/${place}/services/second`, "roles/run.invoker");
    const host = `https://${LOCATION}-${project}.cloudfunctions.net`;
    return { FIRST_FUNCTION_URL: `${host}/first`, SECOND_FUNCTION_URL: `${host}/second` };
}

/** Makes each kind of address that clients are tried at. @returns the file that lists them, with tokens of the sandbox */
async function writeReceivers(sandbox) {
    const { GRPC_CODES, makeReceivers } = require("../test/clients/receivers");
    const file = join(mkdtempSync(join(tmpdir(), "receivers-")), "receivers.json");
    const told = { receivers: await makeReceivers(sandbox), refusals: GRPC_CODES };
    writeFileSync(file, JSON.stringify(told), { mode: 0o600 });
    return file;
}

/**
 * Makes an MCP server and a service that speaks gRPC, each of them once as it lets the account in, and once as it does not.
 * @returns their URLs, as the scripts know them
 */
async function makeAgents(call, grant, services) {
    const env = {};
    for (const [name, port] of [
        ["mcp", { containerPort: 8080 }],
        ["grpc", { name: "h2c", containerPort: 8080 }],
    ]) {
        for (const closed of ["", "closed-"]) {
            const containers = [{ image: `a/${name}:1`, ports: [port], env: [{ name: "MODE", value: "sse" }] }];
            await call("POST", `${services}?serviceId=${closed}${name}`, { template: { containers } });
            const { uri } = await call("GET", `${services}/${closed}${name}`);
            env[`${closed}${name}_URL`.toUpperCase().replaceAll("-", "_")] = uri;
        }
        await grant(`${services}/${name}`, "roles/run.invoker");
    }
    return env;
}

/**
 * Waits until the service has received the message and the task of a client.
 * @param word the text that the client sent in both
 * @returns what is missing
 */
async function missing(sandbox, word) {
    const wanted = [`/push ${word}`, `/task ${word}`];
    const until = Date.now() + ARRIVAL_MILLISECONDS;
    for (;;) {
        const lines = sandbox.logs("receiver").map(({ text }) => text);
        const left = wanted.filter((line) => !lines.includes(line));
        if (left.length === 0 || Date.now() > until) {
            return left;
        }
        await sleep(50);
    }
}

module.exports = { LOCATION, mapping, missing, prepare };
