// What a workflow, a secret, a topic and a queue of a sandbox are used for. With `rest` by Google's auth library alone;
// with `libraries` by those of each service, in the folders below CLIENTS_FOLDER, over gRPC: over REST they use agents of
// their own, which take no proxy from anywhere.
const assert = require("node:assert/strict");
const { createRequire } = require("node:module");
const { join } = require("node:path");
const { setTimeout: sleep } = require("node:timers/promises");

const { CALLER, QUEUE, SECRET, SERVICE_URL, TOPIC, WORKFLOW } = process.env;
const task = (word) => ({
    httpRequest: {
        url: `${SERVICE_URL}/task`,
        body: Buffer.from(word).toString("base64"),
        oidcToken: { serviceAccountEmail: CALLER, audience: SERVICE_URL },
    },
});

async function call(url, data) {
    const { GoogleAuth } = require("google-auth-library");
    const client = await new GoogleAuth({ scopes: "https://www.googleapis.com/auth/cloud-platform" }).getClient();
    return (await client.request({ url, ...(data && { method: "POST", data }) })).data;
}

async function readWorkflow() {
    assert.ok((await call(`https://workflows.googleapis.com/v1/${WORKFLOW}`)).revisionId);
}

async function rest(word) {
    await readWorkflow();
    const executions = "https://workflowexecutions.googleapis.com/v1";
    const argument = JSON.stringify({ name: word });
    let execution = await call(`${executions}/${WORKFLOW}/executions`, { argument });
    for (let i = 0; i < 400 && execution.state === "ACTIVE"; i += 1) {
        await sleep(50);
        execution = await call(`${executions}/${execution.name}`);
    }
    assert.equal(execution.result, `"hello ${word}"`);
    const { payload } = await call(`https://secretmanager.googleapis.com/v1/${SECRET}:access`);
    assert.equal(Buffer.from(payload.data, "base64").toString(), "sesame");
    const data = Buffer.from(word).toString("base64");
    const sent = await call(`https://pubsub.googleapis.com/v1/${TOPIC}:publish`, { messages: [{ data }] });
    assert.equal(sent.messageIds.length, 1);
    assert.ok((await call(`https://cloudtasks.googleapis.com/v2/${QUEUE}/tasks`, { task: task(word) })).name);
    console.log(`sent ${word}`);
}

async function libraries(word) {
    const load = (folder, name) => createRequire(join(process.env.CLIENTS_FOLDER, folder, "x.js"))(name);
    // The library has executions only.
    await readWorkflow();
    const { ExecutionsClient } = load("workflows", "@google-cloud/workflows");
    const executions = new ExecutionsClient();
    const argument = JSON.stringify({ name: word });
    let [execution] = await executions.createExecution({ parent: WORKFLOW, execution: { argument } });
    for (let i = 0; i < 400 && execution.state === "ACTIVE"; i += 1) {
        await sleep(50);
        [execution] = await executions.getExecution({ name: execution.name });
    }
    assert.equal(execution.result, `"hello ${word}"`);
    const { SecretManagerServiceClient } = load("secret-manager", "@google-cloud/secret-manager");
    const [{ payload }] = await new SecretManagerServiceClient().accessSecretVersion({ name: SECRET });
    assert.equal(Buffer.from(payload.data).toString(), "sesame");
    const { PublisherClient } = load("pubsub", "@google-cloud/pubsub").v1;
    const [sent] = await new PublisherClient().publish({ topic: TOPIC, messages: [{ data: Buffer.from(word) }] });
    assert.equal(sent.messageIds.length, 1);
    const { CloudTasksClient } = load("tasks", "@google-cloud/tasks");
    const [made] = await new CloudTasksClient().createTask({ parent: QUEUE, task: task(word) });
    assert.ok(made.name);
    console.log(`sent ${word}`);
}

const ways = { rest: () => rest("node-rest"), libraries: () => libraries("node-grpc") };

ways[process.argv[2]]().then(
    () => process.exit(0),
    (error) => {
        console.error(error);
        process.exit(1);
    },
);
