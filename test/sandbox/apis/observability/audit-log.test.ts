import assert from "node:assert/strict";
import type { ApiDefinition } from "../../../../sandbox/apis";
import { auditTypeOf } from "../../../../sandbox/apis/framework/audit";
import { createRest, type Rest } from "../../../../sandbox/apis/framework/rest";
import type { Json, Method, Principal } from "../../../../sandbox/cloud";
import { registerSenders, type Senders } from "../../../../sandbox/senders";
import { owner, testCloud, type TestCloud } from "../../support/cloud";
import { definitions, samples, type Sample } from "../every-method";

const STORAGE = "https://storage.googleapis.com";
const PLACE = "projects/demo/locations/europe-west1";
const stranger = { kind: "user", email: "stranger@example.com" } as const;

/** Changes of several products, each with the method that the log names. */
const CHANGES: [method: string, verb: string, url: string, body?: object][] = [
    ["google.pubsub.v1.Publisher.CreateTopic", "PUT", "https://pubsub.googleapis.com/v1/projects/demo/topics/news", {}],
    [
        "google.cloud.run.v2.Services.CreateService",
        "POST",
        `https://run.googleapis.com/v2/${PLACE}/services?serviceId=shop`,
        { template: { containers: [{ image: "a/b" }] } },
    ],
    [
        "google.cloud.run.v2.Services.SetIamPolicy",
        "POST",
        `https://run.googleapis.com/v2/${PLACE}/services/shop:setIamPolicy`,
        { policy: { bindings: [] } },
    ],
    [
        "google.cloud.tasks.v2.CloudTasks.CreateQueue",
        "POST",
        `https://cloudtasks.googleapis.com/v2/${PLACE}/queues`,
        { name: `${PLACE}/queues/work` },
    ],
    ["google.cloud.run.v2.Services.DeleteService", "DELETE", `https://run.googleapis.com/v2/${PLACE}/services/shop`],
    ["storage.buckets.create", "POST", `${STORAGE}/storage/v1/b?project=demo`, { name: "files" }],
    ["storage.setIamPermissions", "PUT", `${STORAGE}/storage/v1/b/files/iam`, { bindings: [] }],
    ["storage.buckets.update", "PATCH", `${STORAGE}/storage/v1/b/files`, { labels: { a: "b" } }],
];

describe("the audit log", () => {
    let cloud: TestCloud;
    beforeEach(() => {
        cloud = testCloud();
    });
    afterEach(() => cloud.close());

    const read = async (filter: string): Promise<{ protoPayload: Record<string, unknown>; severity: string }[]> => {
        const url = "https://logging.googleapis.com/v2/entries:list";
        const { entries = [] } = await cloud.call(owner, "POST", url, { resourceNames: ["projects/demo"], filter });
        return entries as { protoPayload: Record<string, unknown>; severity: string }[];
    };
    const ACTIVITY = 'logName:"cloudaudit.googleapis.com%2Factivity"';
    const DATA = 'logName:"cloudaudit.googleapis.com%2Fdata_access"';
    const DENIED = `${ACTIVITY} AND protoPayload.status.code=7`;

    it("has each change, with who made it or wanted it, and what was missing", async () => {
        for (const [method, verb, url, body] of CHANGES) {
            assert.equal(await cloud.status(stranger, verb, url, body), 403, method);
            assert.equal(await cloud.status(owner, verb, url, body), 200, method);
        }
        const denied = await read(DENIED);
        const allowed = await read(`${ACTIVITY} AND severity=NOTICE`);
        for (const [entries, principalEmail, granted] of [
            [denied, "stranger@example.com", false],
            [allowed, "owner@example.com", true],
        ] as const) {
            assert.deepEqual(
                entries.map(({ protoPayload }) => protoPayload.methodName),
                CHANGES.map(([method]) => method),
            );
            for (const { protoPayload, severity } of entries) {
                const [first] = protoPayload.authorizationInfo as Record<string, unknown>[];
                assert.equal(severity, granted ? "NOTICE" : "ERROR");
                assert.deepEqual(protoPayload.authenticationInfo, { principalEmail });
                assert.match(String(first?.permission), /^(pubsub|run|cloudtasks|storage)\./);
                assert.match(String(first?.resource), /^\/\//);
                assert.equal(first?.granted === true, granted);
            }
        }
        assert.equal((await read(`${DENIED} AND protoPayload.methodName:"CreateTopic"`)).length, 1);
        const buckets = await read(
            `${ACTIVITY} AND resource.type="gcs_bucket" AND resource.labels.bucket_name="files"`,
        );
        assert.equal(buckets.length, 4, "an allowed and a refused change of the policy, and of the bucket");
    });

    it("has no reads, and no other errors", async () => {
        const topic = "https://pubsub.googleapis.com/v1/projects/demo/topics/none";
        assert.equal(await cloud.status(stranger, "GET", topic), 403);
        assert.equal(await cloud.status(owner, "GET", topic), 404);
        assert.equal(
            await cloud.status(owner, "PUT", "https://pubsub.googleapis.com/v1/projects/demo/topics/a%20b", {}),
            400,
        );
        assert.deepEqual(await read(ACTIVITY), []);
    });

    it("does not go through the members of the project's policy at each call", async () => {
        const project = "//cloudresourcemanager.googleapis.com/projects/demo";
        const topics = "https://pubsub.googleapis.com/v1/projects/demo/topics";
        const counter = { reads: 0 };
        const counted = (members: string[]) => ({
            get members() {
                counter.reads += 1;
                return members;
            },
        });
        const policy = {
            bindings: (cloud.iam.getPolicy(project).bindings ?? []).map(({ role, members }) =>
                Object.assign(counted(members), { role }),
            ),
        };
        const store = { ...cloud.store };
        cloud.store.get = (collection, name) =>
            collection === "iam.policies" && name === project ? policy : store.get(collection, name);
        // The first call prepares what decisions need of a policy.
        await cloud.call(owner, "GET", topics);
        assert.ok(counter.reads > 0, "a reader of the policy is seen");
        counter.reads = 0;
        await cloud.call(owner, "GET", topics);
        assert.equal(counter.reads, 0);
    });

    it("has what is done with data where the project's policy asks for it, but for those whom it exempts", async () => {
        const object = `${STORAGE}/upload/storage/v1/b/files/o?uploadType=media&name=a`;
        const robot = await cloud.account("robot-one");
        const token = `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${robot.email}:generateAccessToken`;
        const scope = ["https://www.googleapis.com/auth/cloud-platform"];
        const use = async (as: Principal, status: number) => {
            assert.equal(await cloud.status(as, "POST", object, "x"), status);
            assert.equal(await cloud.status(as, "POST", token, { scope }), as === owner ? 403 : status);
        };
        await cloud.call(owner, "POST", `${STORAGE}/storage/v1/b?project=demo`, { name: "files" });
        await use(owner, 200);
        assert.deepEqual(await read(DATA), []);
        const project = "https://cloudresourcemanager.googleapis.com/v1/projects/demo";
        const { bindings } = await cloud.call(owner, "POST", `${project}:getIamPolicy`);
        const ask = (exemptedMembers: string[]) =>
            cloud.call(owner, "POST", `${project}:setIamPolicy`, {
                policy: {
                    bindings,
                    auditConfigs: [
                        {
                            service: "allServices",
                            auditLogConfigs: ["DATA_READ", "DATA_WRITE"].map((logType) => ({
                                logType,
                                exemptedMembers,
                            })),
                        },
                    ],
                },
                updateMask: "bindings,etag,auditConfigs",
            });
        await ask([]);
        await use(owner, 200);
        await use(stranger, 403);
        const methods = async () =>
            (await read(DATA)).map(({ protoPayload, severity }) => [protoPayload.methodName, severity]);
        const GENERATE = "google.iam.credentials.v1.IAMCredentials.GenerateAccessToken";
        const found = [
            ["storage.objects.create", "INFO"],
            [GENERATE, "ERROR"],
            ["storage.objects.create", "ERROR"],
            [GENERATE, "ERROR"],
        ];
        assert.deepEqual(await methods(), found);
        await ask(["user:owner@example.com"]);
        await use(owner, 200);
        assert.deepEqual(await methods(), found);
    });
});

describe("the audit log of each method and route", () => {
    let cloud: TestCloud;
    let senders: Senders;
    let all: (Sample & { audited: string; type: string })[];
    let rests: Map<string, Rest>;
    before(() => {
        cloud = testCloud();
        senders = registerSenders(cloud);
        const known = definitions(senders.executions);
        // What a handler does is tested elsewhere. Here each call that is let in succeeds.
        const idle = known.map((definition): ApiDefinition => ({
            ...definition,
            services: Object.fromEntries(
                Object.entries(definition.services ?? {}).map(([service, methods]) => [
                    service,
                    Object.fromEntries(
                        Object.entries(methods as Record<string, Method>).map(([name, method]) => [
                            name,
                            { ...method, handle: () => ({}) },
                        ]),
                    ),
                ]),
            ),
            routes: (definition.routes ?? []).map((route) => ({ ...route, handle: () => ({}) })),
        }));
        rests = new Map(idle.map(({ host }) => [host, createRest(cloud)]));
        idle.forEach((definition) => rests.get(definition.host)?.add(definition));
        const routes = new Map<string, string | undefined>(
            known.flatMap(({ host, routes: own = [] }) =>
                own.map((route) => [`${host} ${route.verb} ${route.path}`, route.audited] as const),
            ),
        );
        all = samples(known).flatMap((sample) =>
            sample.permission === undefined
                ? []
                : [
                      {
                          ...sample,
                          audited: sample.proto
                              ? sample.name
                              : (routes.get(`${sample.host} ${sample.name}`) ?? sample.permission),
                          type: auditTypeOf(sample.permission, sample.name),
                      },
                  ],
        );
    });
    after(async () => {
        await senders.close();
        cloud.close();
    });

    /** The methods in the log after a call. */
    async function logged(
        { host, verb, url, body }: Sample,
        principal: Principal,
    ): Promise<{ status: number | undefined; found: string }> {
        const entries: Json[] = [];
        const stop = cloud.signals.on((signal) => {
            if (signal.kind === "logged") {
                entries.push(...signal.entries);
            }
        });
        const answer = await rests.get(host)?.answer({
            method: verb,
            url: new URL(url),
            headers: { host: new URL(url).hostname },
            readBody: () => Promise.resolve(Buffer.from(body ? JSON.stringify(body) : "")),
            origin: { kind: "outside" },
            principal,
        });
        stop();
        const audits = entries
            .filter(({ logName }) => String(logName).includes("cloudaudit"))
            .map(({ protoPayload, severity }) => `${String((protoPayload as Json).methodName)} ${String(severity)}`);
        return { status: answer?.status, found: audits.join() };
    }

    it("has each change of a resource by its documented name, refused and carried out, and nothing else", async () => {
        const changes = all.filter(({ type }) => type === "ADMIN_WRITE");
        assert.ok(changes.filter(({ proto }) => !proto).length > 30, "routes that change resources");
        const wrong: string[] = [];
        const severities: Record<number, string> = { 200: "NOTICE", 403: "ERROR" };
        let carriedOut = 0;
        for (const sample of all) {
            for (const as of [stranger, owner]) {
                const { status = 0, found } = await logged(sample, as);
                const severity = sample.type === "ADMIN_WRITE" ? severities[status] : undefined;
                carriedOut += Number(severity === "NOTICE");
                const expected = severity === undefined ? "" : `${sample.audited} ${severity}`;
                if (found !== expected || (as === stranger && status !== 403) || / \//.test(sample.audited)) {
                    wrong.push(`${sample.verb} ${sample.url}: ${status} ${found} instead of ${expected}`);
                }
            }
        }
        assert.ok(carriedOut > 100, `${carriedOut} changes were carried out`);
        assert.deepEqual(wrong, []);
    });
});
