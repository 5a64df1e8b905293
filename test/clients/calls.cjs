// What Google's own client libraries do against a sandbox: run by scripts/clients.cjs in a process with its environment.
// The argument names a library of the table below; prints `ok NAME` or `failed NAME: why`.
const assert = require("node:assert/strict");
const { createRequire } = require("node:module");

const load = createRequire(process.env.CLIENTS_FOLDER);
const project = process.env.GOOGLE_CLOUD_PROJECT;
const place = `projects/${project}/locations/europe-west1`;
const account = `caller@${project}.iam.gserviceaccount.com`;

// The libraries take their own authentication: a user's credentials, as `gcloud auth application-default login` leaves them.
const options = { projectId: project };

/** What a call is to be refused with. */
async function refused(promise, code) {
    await assert.rejects(promise, (error) => {
        assert.equal(error.code, code, String(error));
        return true;
    });
}
const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;
const INVALID = 3;

const calls = {
    async run() {
        const { ServicesClient, RevisionsClient } = load("@google-cloud/run");
        const client = new ServicesClient(options);
        const service = { template: { serviceAccount: account, containers: [{ image: "a/b:1" }] } };
        const [operation] = await client.createService({ parent: place, serviceId: "orders", service });
        const [made] = await operation.promise();
        assert.match(made.uri, /^https:\/\/orders-.*\.a\.run\.app$/);
        const [read] = await client.getService({ name: made.name });
        assert.equal(read.template.containers[0].image, "a/b:1");
        read.template.containers[0].image = "a/b:2";
        const [update] = await client.updateService({ service: read, updateMask: { paths: ["template"] } });
        assert.equal(String((await update.promise())[0].generation), "2");
        const [all] = await client.listServices({ parent: place });
        assert.deepEqual(
            all.map(({ name }) => name),
            [made.name],
        );
        const [revisions] = await new RevisionsClient(options).listRevisions({ parent: made.name });
        assert.equal(revisions.length, 2);
        const [policy] = await client.getIamPolicy({ resource: made.name });
        policy.bindings.push({ role: "roles/run.invoker", members: [`serviceAccount:${account}`] });
        const [set] = await client.setIamPolicy({ resource: made.name, policy });
        assert.equal(set.bindings.length, 1);
        await refused(client.setIamPolicy({ resource: made.name, policy }), 10);
        await refused(client.createService({ parent: place, serviceId: "orders", service }), ALREADY_EXISTS);
        await refused(client.getService({ name: `${place}/services/none` }), NOT_FOUND);
        await refused(client.createService({ parent: place, serviceId: "x", service: {} }), INVALID);
        const [gone] = await client.deleteService({ name: made.name });
        await gone.promise();
    },
    async workflows() {
        // The library has the executions only; the workflow is made over REST.
        const { ExecutionsClient } = load("@google-cloud/workflows");
        const workflow = {
            sourceContents: "main:\n  steps:\n    - done:\n        return: ok\n",
            serviceAccount: account,
        };
        const made = { name: `${place}/workflows/w` };
        const answer = await fetch(`https://workflows.googleapis.com/v1/${place}/workflows?workflowId=w`, {
            method: "POST",
            headers: { authorization: `Bearer ${process.env.GOOGLE_OAUTH_ACCESS_TOKEN}` },
            body: JSON.stringify(workflow),
        });
        assert.equal(answer.status, 200);
        const executions = new ExecutionsClient(options);
        const [execution] = await executions.createExecution({ parent: made.name, execution: { argument: '{"a":1}' } });
        let last = execution;
        for (let i = 0; i < 50 && last.state === "ACTIVE"; i += 1) {
            await new Promise((done) => setTimeout(done, 50));
            [last] = await executions.getExecution({ name: execution.name });
        }
        assert.deepEqual([last.state, last.result], ["SUCCEEDED", '"ok"']);
        const [listed] = await executions.listExecutions({ parent: made.name });
        assert.equal(listed.length, 1);
        await refused(executions.createExecution({ parent: `${place}/workflows/none`, execution: {} }), NOT_FOUND);
        await assert.rejects(executions.getExecution({ name: `${made.name}/executions/none` }), /none/);
    },
    async tasks() {
        const { CloudTasksClient } = load("@google-cloud/tasks");
        const client = new CloudTasksClient(options);
        const [queue] = await client.createQueue({ parent: place, queue: { name: `${place}/queues/q` } });
        await client.pauseQueue({ name: queue.name });
        const [task] = await client.createTask({
            parent: queue.name,
            task: {
                httpRequest: {
                    url: "https://orders.example/",
                    httpMethod: "POST",
                    body: Buffer.from("{}").toString("base64"),
                    oidcToken: { serviceAccountEmail: account, audience: "https://orders.example" },
                },
                scheduleTime: { seconds: Math.floor(Date.now() / 1000) + 3600 },
            },
        });
        const [listed] = await client.listTasks({ parent: queue.name });
        assert.deepEqual(
            listed.map(({ name }) => name),
            [task.name],
        );
        await client.deleteTask({ name: task.name });
        await refused(client.getTask({ name: task.name }), NOT_FOUND);
        await refused(client.createQueue({ parent: place, queue: { name: queue.name } }), ALREADY_EXISTS);
        await client.resumeQueue({ name: queue.name });
        await client.purgeQueue({ name: queue.name });
        await client.deleteQueue({ name: queue.name });
    },
    async scheduler() {
        const { CloudSchedulerClient } = load("@google-cloud/scheduler");
        const client = new CloudSchedulerClient(options);
        const [job] = await client.createJob({
            parent: place,
            job: {
                name: `${place}/jobs/j`,
                schedule: "0 3 * * *",
                httpTarget: { uri: "https://orders.example/", oidcToken: { serviceAccountEmail: account } },
            },
        });
        assert.equal(job.state, "ENABLED");
        assert.equal((await client.pauseJob({ name: job.name }))[0].state, "PAUSED");
        const [changed] = await client.updateJob({
            job: { name: job.name, schedule: "0 4 * * *" },
            updateMask: { paths: ["schedule"] },
        });
        assert.deepEqual([changed.schedule, changed.state], ["0 4 * * *", "PAUSED"]);
        await refused(client.createJob({ parent: place, job }), ALREADY_EXISTS);
        await client.deleteJob({ name: job.name });
        await refused(client.getJob({ name: job.name }), NOT_FOUND);
    },
    async "secret-manager"() {
        const { SecretManagerServiceClient } = load("@google-cloud/secret-manager");
        const client = new SecretManagerServiceClient(options);
        const parent = `projects/${project}`;
        const secret = { replication: { automatic: {} } };
        const [made] = await client.createSecret({ parent, secretId: "key", secret });
        const [version] = await client.addSecretVersion({ parent: made.name, payload: { data: Buffer.from("value") } });
        const [read] = await client.accessSecretVersion({ name: `${made.name}/versions/latest` });
        assert.equal(read.payload.data.toString(), "value");
        await client.disableSecretVersion({ name: version.name });
        await refused(client.accessSecretVersion({ name: version.name }), 9);
        await refused(client.createSecret({ parent, secretId: "key", secret }), ALREADY_EXISTS);
        await client.deleteSecret({ name: made.name });
        await refused(client.getSecret({ name: made.name }), NOT_FOUND);
    },
    async pubsub() {
        const { PubSub } = load("@google-cloud/pubsub");
        const client = new PubSub(options);
        const [topic] = await client.createTopic("node-topic");
        const [subscription] = await topic.createSubscription("node-pull", { ackDeadlineSeconds: 60 });
        // What is not taken comes again at once, and not after the deadline.
        let refusedAt;
        const arrived = new Promise((resolve, reject) => {
            subscription.on("message", (message) => {
                if (refusedAt === undefined) {
                    refusedAt = performance.now();
                    message.nack();
                    return;
                }
                console.log(
                    `a message that was not taken came again after ${Math.round(performance.now() - refusedAt)} ms`,
                );
                message.ack();
                resolve(message.data.toString());
            });
            subscription.on("error", reject);
            setTimeout(() => reject(new Error("no message within 20 seconds")), 20_000).unref();
        });
        await topic.publishMessage({ data: Buffer.from("hello") });
        assert.equal(await arrived, "hello");
        await subscription.close();
        await refused(client.createTopic("node-topic"), ALREADY_EXISTS);
        await subscription.delete();
        await topic.delete();
        await client.close();
    },
    async "iam-credentials"() {
        const { IAMCredentialsClient } = load("@google-cloud/iam-credentials");
        const client = new IAMCredentialsClient(options);
        const name = `projects/-/serviceAccounts/${account}`;
        await refused(client.generateIdToken({ name, audience: "https://a.example" }), 7);
        const resource = `https://iam.googleapis.com/v1/projects/${project}/serviceAccounts/${account}`;
        const member = "user:owner@example.com";
        const granted = await fetch(`${resource}:setIamPolicy`, {
            method: "POST",
            headers: { authorization: `Bearer ${process.env.GOOGLE_OAUTH_ACCESS_TOKEN}` },
            body: JSON.stringify({
                policy: { bindings: [{ role: "roles/iam.serviceAccountTokenCreator", members: [member] }] },
            }),
        });
        assert.equal(granted.status, 200);
        const [{ token }] = await client.generateIdToken({ name, audience: "https://a.example", includeEmail: true });
        const claims = JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString());
        assert.deepEqual([claims.aud, claims.email], ["https://a.example", account]);
        const [access] = await client.generateAccessToken({
            name,
            scope: ["https://www.googleapis.com/auth/cloud-platform"],
        });
        assert.ok(access.accessToken);
        const [jwt] = await client.signJwt({ name, payload: "{}" });
        assert.ok(jwt.signedJwt);
        const [blob] = await client.signBlob({ name, payload: Buffer.from("x") });
        assert.ok(blob.signedBlob.length > 0);
    },
    async storage() {
        const { Storage } = load("@google-cloud/storage");
        const client = new Storage(options);
        const [bucket] = await client.createBucket("clients-bucket", { location: "EU" });
        await bucket.file("small.txt").save("small", { resumable: false });
        await bucket.file("large.bin").save(Buffer.alloc(3_000_000, 7), { resumable: true, chunkSize: 1_048_576 });
        assert.equal((await bucket.file("small.txt").download())[0].toString(), "small");
        assert.equal((await bucket.file("large.bin").download())[0].length, 3_000_000);
        assert.deepEqual(
            (await bucket.getFiles())[0].map(({ name }) => name),
            ["large.bin", "small.txt"],
        );
        await bucket.file("small.txt").setMetadata({ metadata: { a: "b" } });
        await bucket.setLabels({ a: "b" });
        await bucket.deleteLabels("a");
        assert.deepEqual((await bucket.getMetadata())[0].labels ?? {}, {});
        await assert.rejects(client.bucket("none").getMetadata(), { code: 404 });
        await assert.rejects(client.createBucket("clients-bucket"), { code: 409 });
        await bucket.deleteFiles();
        await bucket.delete();
    },
};

async function main(name) {
    try {
        await calls[name]();
        console.log(`ok ${name}`);
        return 0;
    } catch (error) {
        console.log(`failed ${name}: ${error instanceof Error ? error.stack : String(error)}`);
        return 1;
    }
}

main(process.argv[2]).then((code) => process.exit(code));
