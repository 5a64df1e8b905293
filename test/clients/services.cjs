// What a workflow, a secret, a topic and a queue of a sandbox are used for. With `rest` by Google's auth library alone;
// with `libraries` by those of each service, in the folders below CLIENTS_FOLDER, over gRPC and over REST.
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

async function rest(word) {
    const { GoogleAuth } = require("google-auth-library");
    const client = await new GoogleAuth({ scopes: "https://www.googleapis.com/auth/cloud-platform" }).getClient();
    const call = async (url, data) => (await client.request({ url, ...(data && { method: "POST", data }) })).data;
    assert.ok((await call(`https://workflows.googleapis.com/v1/${WORKFLOW}`)).revisionId);
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

async function libraries(word, options) {
    const load = (folder, name) => createRequire(join(process.env.CLIENTS_FOLDER, folder, "x.js"))(name);
    const { WorkflowsClient, ExecutionsClient } = load("workflows", "@google-cloud/workflows").v1;
    assert.ok((await new WorkflowsClient(options).getWorkflow({ name: WORKFLOW }))[0].revisionId);
    const executions = new ExecutionsClient(options);
    const argument = JSON.stringify({ name: word });
    let [execution] = await executions.createExecution({ parent: WORKFLOW, execution: { argument } });
    for (let i = 0; i < 400 && execution.state === "ACTIVE"; i += 1) {
        await sleep(50);
        [execution] = await executions.getExecution({ name: execution.name });
    }
    assert.equal(execution.result, `"hello ${word}"`);
    const { SecretManagerServiceClient } = load("secret-manager", "@google-cloud/secret-manager");
    const [{ payload }] = await new SecretManagerServiceClient(options).accessSecretVersion({ name: SECRET });
    assert.equal(Buffer.from(payload.data).toString(), "sesame");
    const { PublisherClient } = load("pubsub", "@google-cloud/pubsub").v1;
    const messages = [{ data: options.fallback ? Buffer.from(word).toString("base64") : Buffer.from(word) }];
    const [sent] = await new PublisherClient(options).publish({ topic: TOPIC, messages });
    assert.equal(sent.messageIds.length, 1);
    const { CloudTasksClient } = load("tasks", "@google-cloud/tasks");
    const [made] = await new CloudTasksClient(options).createTask({ parent: QUEUE, task: task(word) });
    assert.ok(made.name);
    console.log(`sent ${word}`);
}

async function main(how) {
    if (how === "rest") return rest("node");
    await libraries("node-rest", { fallback: true });
    return libraries("node-grpc", {});
}

main(process.argv[2]).then(
    () => process.exit(0),
    (error) => {
        console.error(error);
        process.exit(1);
    },
);
