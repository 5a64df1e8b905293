import { randomUUID } from "node:crypto";

import type { CloudRequest } from "../../engine";

type Json = Record<string, unknown>;

/** A cloud in memory that checks nothing. It keeps each resource under its name, and policies with etags. */
export class FakeCloud {
    readonly resources = new Map<string, Json>();
    readonly policies = new Map<string, Json>();
    readonly requests: { method: string; url: string; body: unknown }[] = [];
    /** Called before each request. It may return an answer, or throw the error message of an answer. */
    intercept: (method: string, url: string) => { status: number; body: unknown } | undefined = () => undefined;
    /** How many turns of the event loop a request takes. */
    turns: () => number = () => 1;
    private etag = 0;

    readonly request: CloudRequest = async (method, url, body) => {
        this.requests.push({ method, url, body });
        const answer = this.intercept(method, url);
        if (answer !== undefined) {
            return answer;
        }
        for (let left = this.turns(); left > 0; left -= 1) {
            await new Promise((resolve) => setImmediate(resolve));
        }
        const { host, pathname, searchParams } = new URL(url);
        const path = decodeURIComponent(pathname).replace(/^\/(v\d\w*|storage\/v1)\//, "");
        const [, resource = path, verb] = /^(.*?)(?::(\w+))?$/.exec(path) ?? [];
        const key = `${host}/${resource}`;
        if (verb === "getIamPolicy") {
            return this.ok(this.policies.get(key) ?? { etag: "BwA=" });
        }
        if (verb === "setIamPolicy") {
            return this.setPolicy(key, (body as { policy: Json }).policy);
        }
        if (verb === "addVersion") {
            return this.addVersion(key, resource);
        }
        if (verb !== undefined) {
            return this.ok(this.resources.get(key) ?? {});
        }
        if (method === "GET") {
            return this.found(key, (found) => found);
        }
        if (method === "DELETE") {
            return this.found(key, () => (this.resources.delete(key), {}));
        }
        if (method === "PATCH") {
            const whole = body as Json;
            const wrapped = [whole["serviceAccount"], whole["topic"], whole["subscription"]];
            const change = (wrapped.find((value) => typeof value === "object") ?? whole) as Json;
            return this.found(key, (found) => this.operation(key, this.store(key, { ...found, ...change }, host)));
        }
        return this.create(method, key, host, resource, searchParams, body as Json);
    };

    private addVersion(key: string, secret: string) {
        const number = [...this.resources.keys()].filter((name) => name.startsWith(`${key}/versions/`)).length + 1;
        const name = `${secret}/versions/${number}`;
        this.resources.set(`${key}/versions/${number}`, { name, state: "ENABLED" });
        return this.ok({ name, state: "ENABLED" });
    }

    private create(method: string, key: string, host: string, path: string, query: URLSearchParams, body: Json) {
        const { accountId, serviceAccount } = body as { accountId?: string; serviceAccount?: Json };
        const project = /projects\/([^/]+)/.exec(path)?.[1] ?? "";
        if (accountId !== undefined) {
            const email = `${accountId}@${project}.iam.gserviceaccount.com`;
            const name = `projects/${project}/serviceAccounts/${email}`;
            const account = {
                ...serviceAccount,
                name,
                email,
                projectId: project,
                uniqueId: String(this.resources.size + 1e20),
            };
            return this.made(`${host}/${name}`, account, host, false);
        }
        const id = [...query].find(([name]) => /(Id|_id)$/.test(name))?.[1];
        if (method === "PUT") {
            return this.made(key, { ...body, name: path }, host, false);
        }
        const name = id === undefined ? String(body["name"]) : `${path}/${id}`;
        return this.made(`${host}/${name}`, { ...body, name }, host, true);
    }

    private made(key: string, value: Json, host: string, operation: boolean) {
        if (this.resources.has(key)) {
            return {
                status: 409,
                body: { error: { code: 409, status: "ALREADY_EXISTS", message: `${key} already exists` } },
            };
        }
        const stored = this.store(key, value, host);
        return this.ok(operation && !/scheduler|tasks|secretmanager/.test(host) ? this.operation(key, stored) : stored);
    }

    private store(key: string, value: Json, host: string): Json {
        const revision = Number(value["generation"] ?? 0) + 1;
        const name = String(value["name"]);
        const service = { uri: `https://${name.split("/").pop() ?? ""}-abc-uc.a.run.app`, uid: randomUUID() };
        const extra = host.startsWith("run.")
            ? service
            : host.startsWith("workflows.")
              ? { revisionId: `00000${revision}-abc`, state: "ACTIVE" }
              : {};
        if (name.includes("/functions/") && value["serviceConfig"] !== undefined) {
            const config = { service: name.replace("/functions/", "/services/"), uri: service.uri };
            value["serviceConfig"] = { ...config, ...(value["serviceConfig"] as Json) };
        }
        const stored = {
            ...extra,
            ...value,
            ...(host.startsWith("workflows.") && { revisionId: `00000${revision}-abc` }),
            generation: String(revision),
        };
        this.resources.set(key, stored);
        return stored;
    }

    private operation(key: string, response: Json): Json {
        return { name: `projects/demo/operations/${randomUUID()}`, done: true, response };
    }

    private found(key: string, answer: (found: Json) => Json) {
        const found = this.resources.get(key);
        if (found === undefined) {
            return {
                status: 404,
                body: { error: { code: 404, status: "NOT_FOUND", message: `${key} was not found` } },
            };
        }
        return this.ok(answer(found));
    }

    private setPolicy(key: string, policy: Json) {
        const current = this.policies.get(key)?.["etag"] ?? "BwA=";
        if (policy["etag"] !== undefined && policy["etag"] !== current) {
            return {
                status: 409,
                body: { error: { code: 409, status: "ABORTED", message: "There were concurrent policy changes" } },
            };
        }
        const stored = { ...policy, etag: `BwB${++this.etag}` };
        this.policies.set(key, stored);
        return this.ok(stored);
    }

    private ok(body: Json) {
        // The answer is a copy, as it must not change when the resource does.
        return { status: 200, body: structuredClone(body) };
    }
}
