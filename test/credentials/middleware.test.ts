import assert from "node:assert/strict";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import connect from "connect";
import express from "express";
import fastify from "fastify";
import {
    type AuthenticatedRequest,
    idToken,
    remoteKeys,
    requireIdToken,
    requireIdTokenHook,
    type RequireIdTokenOptions,
} from "../../credentials";
import { accountUrl, startSandboxed, type Sandboxed } from "../support/sandboxed";

const audience = "https://orders.example.com";
const minter = "roles/iam.serviceAccountOpenIdTokenCreator";

/** A server of each framework, as people write it, with the guard in front of one route. */
const frameworks: Record<
    string,
    (options: RequireIdTokenOptions) => Promise<[url: string, close: () => Promise<unknown>]>
> = {
    Express: async (options) => {
        const app = express();
        app.use(requireIdToken(options));
        app.get(
            "/",
            (request, response) => void response.json({ caller: (request as AuthenticatedRequest).caller?.email }),
        );
        return listen(createServer(app as RequestListener));
    },
    Connect: async (options) => {
        const app = connect();
        app.use(requireIdToken(options));
        app.use((request: AuthenticatedRequest, response) =>
            response.end(JSON.stringify({ caller: request.caller?.email })),
        );
        return listen(createServer(app as RequestListener));
    },
    Fastify: async (options) => {
        const app = fastify();
        app.addHook("onRequest", requireIdTokenHook(options));
        app.get("/", (request) => ({ caller: (request.raw as AuthenticatedRequest).caller?.email }));
        return [await app.listen({ port: 0, host: "127.0.0.1" }), () => app.close()];
    },
};

async function listen(server: Server): Promise<[string, () => Promise<unknown>]> {
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    return [`http://127.0.0.1:${port}`, () => new Promise((done) => server.close(done))];
}

describe("the middleware with tokens of the sandbox", () => {
    let world: Sandboxed;
    let caller: string;
    let stranger: string;
    before(async () => {
        world = await startSandboxed({ propagationMilliseconds: 0 });
        [caller, stranger] = [await world.account("caller"), await world.account("stranger")];
        for (const account of [caller, stranger]) {
            await world.grant(accountUrl(account), minter, "user:owner@example.com");
        }
    });
    after(() => world.close());

    for (const [name, start] of Object.entries(frameworks)) {
        it(`lets ${name} serve the account that may call, and nobody else`, async () => {
            const keys = remoteKeys("https://www.googleapis.com/oauth2/v3/certs", world.http);
            const [url, close] = await start({ audience, emails: [caller], keys });
            const ask = async (authorization?: string) => {
                const answer = await fetch(url, {
                    headers: { connection: "close", ...(authorization && { authorization }) },
                });
                return [answer.status, (await answer.json()) as Record<string, unknown>] as const;
            };
            const token = (as: string, to = audience) => idToken(to, { http: world.http, env: world.env, as });
            try {
                assert.deepEqual(await ask(`Bearer ${await token(caller)}`), [200, { caller }]);
                const refused = async (authorization: string | undefined, status: number, code: string) => {
                    const [found, body] = await ask(authorization);
                    assert.deepEqual([found, body["error"]], [status, code]);
                    assert.doesNotMatch(JSON.stringify(body), /eyJ/);
                };
                await refused(undefined, 401, "missing");
                await refused(`Bearer ${await token(stranger)}`, 403, "email-not-allowed");
                await refused(`Bearer ${await token(caller, "https://stock.example.com")}`, 401, "audience");
                const good = await token(caller);
                await refused(`Bearer ${good.slice(0, -4)}AAAA`, 401, "signature");
                await refused(`Bearer ${world.env["GOOGLE_OAUTH_ACCESS_TOKEN"] ?? ""}`, 401, "malformed");
            } finally {
                await close();
            }
        });
    }
});
