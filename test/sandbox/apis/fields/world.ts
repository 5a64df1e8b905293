import { shortName, type ApiDefinition } from "../../../../sandbox/apis";
import { registerSenders } from "../../../../sandbox/senders";
import { owner, type TestCloud } from "../../support/cloud";
import { definitions } from "../every-method";
import { cloudForKinds, kinds, P } from "../kinds";

/** A cloud with one resource of each kind, in which nothing stays that a request changes. */
export interface FieldWorld {
    readonly cloud: TestCloud;
    readonly definitions: ApiDefinition[];
    /** The IDs that Google chose, by collection. */
    readonly ids: Record<string, string>;
    /** Runs a request, and takes back what it changed. */
    undone<T>(request: () => Promise<T>): Promise<T>;
    close(): Promise<void>;
}

export async function fieldWorld(): Promise<FieldWorld> {
    const cloud = await cloudForKinds();
    const senders = registerSenders(cloud);
    const close = async (): Promise<void> => {
        await senders.close();
        cloud.close();
    };
    try {
        return { ...(await filled(cloud)), definitions: definitions(senders.executions), close };
    } catch (error) {
        // Otherwise its timers keep the tests' process alive.
        await close();
        throw error;
    }
}

async function filled(cloud: TestCloud): Promise<Omit<FieldWorld, "definitions" | "close">> {
    const project = "//cloudresourcemanager.googleapis.com/projects/demo";
    const policy = cloud.iam.getPolicy(project);
    const receiver = {
        role: "roles/eventarc.eventReceiver",
        members: ["serviceAccount:runtime@demo.iam.gserviceaccount.com"],
    };
    const minter = { role: "roles/iam.serviceAccountTokenCreator", members: ["user:owner@example.com"] };
    cloud.iam.setPolicy(project, { ...policy, bindings: [...(policy.bindings ?? []), receiver, minter] });
    for (const { create } of kinds) {
        await cloud.call(owner, ...create);
    }
    // The deny policy must not refuse what is tried.
    await cloud.call(owner, "PUT", DENIALS, { rules: [{ denyRule: { ...ALL, deniedPermissions: [UNUSED] } }] });
    await cloud.call(owner, "POST", `https://orgpolicy.googleapis.com/v2/${P}/policies`, {
        name: `${P}/policies/one`,
        spec: { rules: [{ enforce: false }] },
    });
    const ids = await makeParts(cloud);
    cloud.signals.emit = () => undefined;
    let undo: (() => void)[] | undefined;
    const store = { ...cloud.store };
    const restore = (collection: string, name: string): void => {
        const known = cloud.store.get(collection, name);
        undo?.push(() => (known === undefined ? store.delete(collection, name) : store.put(collection, name, known)));
    };
    cloud.store.put = (collection, name, value) => {
        restore(collection, name);
        store.put(collection, name, value);
    };
    cloud.store.delete = (collection, name) => {
        restore(collection, name);
        return store.delete(collection, name);
    };
    return {
        cloud,
        ids,
        async undone(request) {
            undo = [];
            try {
                return await request();
            } finally {
                const changes = undo;
                undo = undefined;
                changes.reverse().forEach((change) => change());
            }
        },
    };
}

const DENIALS = `https://iam.googleapis.com/v2/policies/cloudresourcemanager.googleapis.com%2Fprojects%2Fdemo/denypolicies/one`;
const ALL = { deniedPrincipals: ["principalSet://goog/public:all"] };
const UNUSED = "iam.googleapis.com/workloadIdentityPools.delete";
const L = `${P}/locations/europe-west1`;

const WITH_OPERATIONS =
    "apigateway artifactregistry cloudfunctions eventarc iam run serviceusage vpcaccess workflows".split(" ");

/** Makes what is inside of other resources, and what has an ID that Google chooses. @returns the IDs by collection */
async function makeParts(cloud: TestCloud): Promise<Record<string, string>> {
    await cloud.call(owner, "POST", `https://run.googleapis.com/v2/${L}/jobs/one:run`, {});
    await cloud.call(owner, "POST", "https://logging.googleapis.com/v2/entries:write", {
        entries: [{ logName: `${P}/logs/one`, textPayload: "a" }],
    });
    for (const api of WITH_OPERATIONS) {
        const name = `${L}/operations/one`;
        cloud.store.put(`${api}.operations`, name, { name, done: true });
    }
    const make = async (host: string, path: string, body: object, at = "name"): Promise<string> =>
        shortName(String((await cloud.call(owner, "POST", `https://${host}.googleapis.com/${path}`, body))[at]));
    const monitoring = `v3/${P}`;
    const condition = {
        displayName: "c",
        conditionThreshold: { filter: "a", comparison: "COMPARISON_GT", duration: "0s" },
    };
    const keys = `https://cloudkms.googleapis.com/v1/${L}/keyRings/one/cryptoKeys`;
    await cloud.call(owner, "POST", `${keys}?cryptoKeyId=one`, { purpose: "ENCRYPT_DECRYPT" });
    const { ciphertext } = await cloud.call(owner, "POST", `${keys}/one:encrypt`, { plaintext: "eA==" });
    const directory = `https://servicedirectory.googleapis.com/v1/${L}/namespaces/one/services`;
    await cloud.call(owner, "POST", `${directory}?serviceId=one`, {});
    await cloud.call(owner, "POST", `${directory}/one/endpoints?endpointId=one`, { address: "10.0.0.2", port: 80 });
    return {
        cryptoKeyVersions: "1",
        ciphertext: String(ciphertext),
        tasks: await make("cloudtasks", `v2/${L}/queues/one/tasks`, {
            task: {
                httpRequest: { url: "https://a.example/" },
                scheduleTime: new Date(cloud.clock.now() + 3_600_000).toISOString(),
            },
        }),
        versions: await make("secretmanager", `v1/${P}/secrets/one:addVersion`, { payload: { data: "eA==" } }),
        alertPolicies: await make("monitoring", `${monitoring}/alertPolicies`, {
            combiner: "OR",
            conditions: [condition],
        }),
        notificationChannels: await make("monitoring", `${monitoring}/notificationChannels`, {
            type: "email",
            labels: { email_address: "ann@example.com" },
        }),
        keys: await make("iam", `v1/${P}/serviceAccounts/one-account@demo.iam.gserviceaccount.com/keys`, {}),
        deletedAccount: await makeDeleted(cloud),
        revisions: await replacedRevision(cloud),
        "jobs/executions": shortName(
            String(
                await cloud
                    .call(owner, "GET", `https://run.googleapis.com/v2/${L}/jobs/one/executions`)
                    .then(firstName),
            ),
        ),
        "workflows/executions": await make("workflowexecutions", `v1/${L}/workflows/one/executions`, {}),
    };
}

/** Makes and deletes a role and an account. @returns the account's unique ID */
async function makeDeleted(cloud: TestCloud): Promise<string> {
    const iam = `https://iam.googleapis.com/v1/${P}`;
    const { uniqueId, email } = await cloud.account("gone-account");
    await cloud.call(owner, "DELETE", `${iam}/serviceAccounts/${email}`);
    await cloud.call(owner, "POST", `${iam}/roles`, { roleId: "gone", role: { title: "x" } });
    await cloud.call(owner, "DELETE", `${iam}/roles/gone`);
    return uniqueId;
}

/** @returns the ID of a revision that serves no more */
async function replacedRevision(cloud: TestCloud): Promise<string> {
    const url = `https://run.googleapis.com/v2/${L}/services/one`;
    const { latestCreatedRevision } = await cloud.call(owner, "GET", url);
    await cloud.call(owner, "PATCH", url, { template: { containers: [{ image: "a/c" }] } });
    return shortName(String(latestCreatedRevision));
}

function firstName(list: Record<string, unknown>): unknown {
    const [first] = Object.values(list);
    return Array.isArray(first) ? (first as { name: string }[])[0]?.name : undefined;
}
