// The part of `npm run test:clients` about languages other than Node: each has one small script in test/clients, which
// proves an identity in every way that its auth library knows. What the machine lacks is skipped by name.
const { spawn, spawnSync } = require("node:child_process");
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const LOCATION = "europe-west1";

/** A service that only the account `caller` may call, and a key of that account. */
async function prepare(sandbox) {
    const call = async (method, url, body) => {
        const answer = await sandbox.request(method, url, { body });
        if (answer.status >= 300) throw new Error(`${method} ${url}: ${JSON.stringify(answer.body)}`);
        return answer.body;
    };
    const email = `caller@${sandbox.project}.iam.gserviceaccount.com`;
    const member = `serviceAccount:${email}`;
    const account = `https://iam.googleapis.com/v1/projects/${sandbox.project}/serviceAccounts/${email}`;
    const services = `https://run.googleapis.com/v2/projects/${sandbox.project}/locations/${LOCATION}/services`;
    await call("POST", `${services}?serviceId=identity`, { template: { containers: [{ image: "a/identity:1" }] } });
    const { uri } = await call("GET", `${services}/identity`);
    const grant = (role) => ({ policy: { bindings: [{ role, members: [member] }] } });
    await call("POST", `${services}/identity:setIamPolicy`, grant("roles/run.invoker"));
    await call("POST", `${account}:setIamPolicy`, grant("roles/iam.serviceAccountTokenCreator"));
    const { privateKeyData } = await call("POST", `${account}/keys`, {});
    const key = Buffer.from(privateKeyData, "base64").toString();
    return { member, env: { SERVICE_URL: uri, CALLER: email, CALLER_KEY: key } };
}

function run(command, args, env) {
    const child = spawn(command, args, { stdio: "inherit", env });
    return new Promise((done) => child.on("error", () => done(1)).on("exit", (code) => done(code ?? 1)));
}

/** @param folder where libraries are kept between runs @returns how many passed, failed and were skipped */
async function languages(sandbox, folder, root) {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const { member, env: told } = await prepare(sandbox);
    const variables = await sandbox.clientEnvironment({ as: member });
    const count = (code) => (counts[code === 0 ? "passed" : "failed"] += 1);
    const skip = (name, why) => {
        console.log(`skipped ${name}: ${why}`);
        counts.skipped += 1;
    };

    const packages = join(folder, "python");
    const install = ["-m", "pip", "install", "--quiet", "--target", packages, "google-auth==2.*", "requests==2.*"];
    const has = (command, args) => spawnSync(command, args, { stdio: "ignore", timeout: 300_000 }).status === 0;
    if (!has("python3", ["--version"])) skip("python", "there is no python3 here");
    else if (!existsSync(join(packages, "google", "auth")) && !has("python3", install))
        skip("python", "google-auth cannot be installed here");
    else {
        const env = { ...process.env, ...variables, ...told, PYTHONPATH: packages };
        count(await run("python3", [join(root, "test", "clients", "identity.py")], env));
    }
    skip("go", "there is no script for it yet");
    skip("java", "there is no script for it yet");
    return counts;
}

module.exports = { languages, prepare };
