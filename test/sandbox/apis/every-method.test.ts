import assert from "node:assert/strict";
import { createRest, type Rest } from "../../../sandbox/apis/framework/rest";
import { permissions } from "../../../sandbox/iam";
import type { Principal } from "../../../sandbox/cloud";
import { registerSenders, type Senders } from "../../../sandbox/senders";
import { owner, testCloud, type TestCloud } from "../support/cloud";
import { definitions, samples, unserved, type Sample } from "./every-method";

const STRANGER: Principal = { kind: "user", email: "stranger@example.com" };

/** What every caller with credentials may ask for: what exists everywhere, what the caller may do, and who it is. */
const ANYONE =
    /TestIamPermissions$|:testIamPermissions$|Locations\.(List|Get)|SearchProjects$|GET \/v1\/projects$|roles:query|ListRoles|QueryGrantableRoles|QueryTestablePermissions|allowedLocations$|userinfo$|defaultServiceAccount$/;
/** Makes what is not there, lists what is in it, switches what is Google's, or looks at the mask first. */
const MAKES =
    /Create|UpdateLogMetric|\.Revisions\.ListRevisions$|Subscriptions$|serviceusage\.v1(beta1)?\.ServiceUsage|PatchServiceAccount$/;

interface Answer {
    status: number;
    body: { error?: { message?: string; status?: string; details?: unknown[] } };
}

describe("every method that is served", () => {
    let cloud: TestCloud;
    let senders: Senders;
    let all: Sample[];
    let rests: Map<string, Rest>;
    before(() => {
        cloud = testCloud();
        senders = registerSenders(cloud);
        const project = "//cloudresourcemanager.googleapis.com/projects/demo";
        const policy = cloud.iam.getPolicy(project);
        // Even an owner may not deny.
        const denyAdmin = { role: "roles/iam.denyAdmin", members: ["user:owner@example.com"] };
        cloud.iam.setPolicy(project, { ...policy, bindings: [...(policy.bindings ?? []), denyAdmin] });
        const known = definitions(senders.executions);
        all = samples(known);
        rests = new Map(known.map(({ host }) => [host, createRest(cloud)]));
        for (const definition of known) {
            rests.get(definition.host)?.add(definition);
        }
    });
    after(async () => {
        await senders.close();
        cloud.close();
    });

    /** How many bytes of a body the latest requests might have had. */
    let limits: number[] = [];
    async function ask({ host, verb, url, body }: Sample, principal?: Principal, more: object = {}): Promise<Answer> {
        const rest = rests.get(host);
        assert.ok(rest);
        const answer = await rest.answer({
            method: verb,
            url: new URL(url),
            headers: { host: new URL(url).hostname },
            readBody: (limit) => {
                limits.push(limit);
                return Promise.resolve(Buffer.from(body ? JSON.stringify({ ...body, ...more }) : ""));
            },
            origin: { kind: "outside" },
            ...(principal && { principal }),
        });
        // The XML API answers what it does not have in XML.
        const text = String(answer.body);
        return { status: answer.status, body: JSON.parse(text.startsWith("{") ? text : "{}") as Answer["body"] };
    }
    /** All that do not answer as they should, for one look. */
    async function none(of: Sample[], wrong: (sample: Sample) => Promise<string | undefined>): Promise<void> {
        const found: string[] = [];
        for (const sample of of) {
            const problem = await wrong(sample);
            if (problem !== undefined) {
                found.push(`${sample.name} (${sample.verb} ${sample.url}): ${problem}`);
            }
        }
        assert.deepEqual(found, []);
    }

    it("is one of hundreds", () => {
        assert.ok(all.length > 400, `${all.length} ways to call a method`);
    });

    it("refuses who shows no credentials with 401, unless it is for everyone", () =>
        none(all, async (sample) => {
            const { status, body } = await ask(sample);
            if (sample.public) {
                return status === 401 ? "asks for credentials" : undefined;
            }
            return status === 401 && body.error?.status === "UNAUTHENTICATED" ? undefined : String(status);
        }));

    it("reads no body of who shows no credentials, and at most 1 MiB where it is for everyone", () =>
        none(all, async (sample) => {
            limits = [];
            await ask(sample);
            const fits = sample.public ? limits.every((limit) => limit <= 1024 * 1024) : limits.length === 0;
            return fits ? undefined : `takes ${limits.join(" and ")} bytes`;
        }));

    it("reads the body of who is known, of whom it may ask 128 MiB at once", () =>
        none(
            all.filter((sample) => !sample.public),
            async (sample) => {
                limits = [];
                await ask(sample, STRANGER);
                return limits.join() === String(128 * 1024 * 1024) ? undefined : `takes ${limits.join(" and ")} bytes`;
            },
        ));

    it("answers at the last moment to which the clock can be moved as at any other", async () => {
        cloud.clock.advance(Date.UTC(9900, 0) - 1000 - cloud.clock.now());
        await none(all, async (sample) => {
            const { status } = await ask(sample, owner);
            return status < 500 || status === 501 ? undefined : String(status);
        });
    });

    it("asks for permissions that there are, and refuses who lacks them with 403, naming the permission", () =>
        none(
            all.filter(({ permission }) => permission !== undefined),
            async (sample) => {
                const permission = sample.permission ?? "";
                if (!permissions.includes(permission)) {
                    return `no permission is called ${permission}`;
                }
                const { status, body } = await ask(sample, STRANGER);
                const named = body.error?.message?.includes(`'${permission}'`) === true;
                return status === 403 && named ? undefined : `${status} ${body.error?.message ?? ""}`;
            },
        ));

    it("asks for none only where anyone with credentials may, or the handler decides", async () => {
        const open = all.filter(({ permission, public: everyone }) => permission === undefined && !everyone);
        await none(open, async (sample) => {
            const { status } = await ask(sample, STRANGER);
            // Roles of a project are its own.
            const known = ANYONE.test(sample.name) && !/(projects|organizations).*\/roles/.test(sample.url);
            return (status === 200) === known || (known && status === 400) || status === 501
                ? undefined
                : String(status);
        });
    });

    it("says 404 of a resource that is not there to who may know", () =>
        none(
            all.filter(({ name, url, permission }) => {
                // The policies of resources that are only kept: nobody knows which of these resources there are.
                if (url.startsWith("https://kept-policies.")) {
                    return false;
                }
                const [last = ""] = /[^/]+$/.exec(url.replace(/\?.*/, "")) ?? [];
                return permission !== undefined && last.startsWith("none") && !MAKES.test(name);
            }),
            async (sample) => {
                const { status, body } = await ask(sample, owner);
                return status === 404 ? undefined : `${status} ${body.error?.message ?? ""}`;
            },
        ));

    it("refuses a field that it does not know with 400, in Google's words", () =>
        none(
            all.filter(({ proto, body }) => proto && body),
            async (sample) => {
                const { status, body } = await ask(sample, owner, { noSuchField: 1 });
                const told = body.error?.message?.includes('Unknown name "noSuchField"') === true;
                return status === 400 && told ? undefined : `${status} ${body.error?.message ?? ""}`;
            },
        ));

    it("is told from what is not: that answers 501 by its name", async () => {
        const rest = unserved(definitions(senders.executions)).map((one) => ({
            ...one,
            ...{ body: undefined, permission: undefined, public: false, proto: true },
        }));
        assert.ok(rest.length > 50);
        await none(rest, async (sample) => {
            const { status, body } = await ask(sample, owner);
            const named = body.error?.message?.includes(sample.name) === true;
            return status === 501 && named ? undefined : `${status} ${body.error?.message ?? ""}`;
        });
    });
});
