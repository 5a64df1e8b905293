import assert from "node:assert/strict";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createHttp } from "../../credentials";
import { formatGithub, formatJunit, formatReport, runSmokeCheck, type RequestProbe, type Report } from "../../smoke";
import { fakeGoogle, unsignedToken } from "../support/fake-google";
import { virtualClock } from "../support/virtual-clock";

/** What a service answers, and what the check must make of it when it must let in, and when it must deny. */
const adversaries: Record<string, { answer: RequestListener; allowed: RegExp; denied: RegExp }> = {
    "redirects to another host": {
        answer: (_, response) => response.writeHead(302, { location: "https://evil.example/" }).end(),
        allowed: /^failed redirected/,
        denied: /^failed let-in/,
    },
    "redirects to a page of Google's that is no sign-in": {
        answer: (_, response) => response.writeHead(302, { location: "https://accounts.google.com.evil/" }).end(),
        allowed: /^failed redirected/,
        denied: /^failed let-in/,
    },
    "sends to Google's sign-in page": {
        answer: (_, response) => response.writeHead(302, { location: "https://accounts.google.com/o/oauth2" }).end(),
        allowed: /^failed iap-sign-in/,
        denied: /^failed let-in/,
    },
    "answers 204": {
        answer: (_, response) => response.writeHead(204).end(),
        allowed: /^passed/,
        denied: /^failed let-in/,
    },
    "answers 200 to everyone": {
        answer: (_, response) => response.end("hello"),
        allowed: /^passed/,
        denied: /^failed let-in/,
    },
    "answers an error in HTML": {
        answer: (_, response) => response.writeHead(500, { "content-type": "text/html" }).end("<h1>no</h1>"),
        allowed: /^failed receiver-fails/,
        denied: /^failed no-denial/,
    },
    "answers 401 where Cloud Run answers 403": {
        answer: (_, response) => response.writeHead(401).end(),
        allowed: /^failed token-refused/,
        denied: /^failed other-denial/,
    },
    "denies with 403 and breaks off in the body": {
        answer: (request, response) => {
            response.writeHead(403, { "content-length": "100" }).write("half");
            setImmediate(() => request.socket.destroy());
        },
        allowed: /^failed no-answer/,
        denied: /^failed no-answer/,
    },
    "lets in and breaks off in the body": {
        answer: (request, response) => {
            response.writeHead(200, { "content-length": "100" }).write("half");
            setImmediate(() => request.socket.destroy());
        },
        allowed: /^failed no-answer/,
        denied: /^failed no-answer/,
    },
    "breaks off before an answer": {
        answer: (request) => request.socket.destroy(),
        allowed: /^failed no-answer/,
        denied: /^failed no-answer/,
    },
    "speaks no HTTP": {
        answer: (request) => request.socket.end("SSH-2.0-OpenSSH_9.6\r\n"),
        allowed: /^failed no-answer/,
        denied: /^failed no-answer/,
    },
    "denies with a body without end": {
        answer: (_, response) => {
            response.writeHead(403);
            const chunk = Buffer.alloc(256 * 1024, "x");
            const more = () => {
                while (!response.destroyed && response.write(chunk)) {
                    // It writes until the buffer is full.
                }
            };
            response.on("drain", more);
            more();
        },
        allowed: /^failed unauthenticated/,
        denied: /^passed/,
    },
    "denies now and then": {
        answer: (() => {
            let count = 0;
            return (_, response) => response.writeHead((count += 1) % 3 === 0 ? 503 : 403).end();
        })(),
        allowed: /^failed (unauthenticated|receiver-fails)/,
        denied: /^failed no-denial/,
    },
};

describe("a check of a service that misbehaves", () => {
    const servers: Server[] = [];
    afterEach(() => {
        for (const server of servers.splice(0)) {
            server.closeAllConnections();
            server.close();
        }
    });
    const serve = async (listener: RequestListener): Promise<string> => {
        const server = createServer(listener);
        servers.push(server);
        await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
        return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    };
    const check = async (...probes: RequestProbe[]): Promise<Report> => {
        const http = createHttp({ env: {} });
        const spec = { version: 1, name: "front", project: "demo", fingerprint: {}, probes } as const;
        try {
            return await runSmokeCheck({ ...spec, probes }, { http, clock: virtualClock(), deadlineSeconds: 30 });
        } finally {
            await http.close();
        }
    };
    const probe = (url: string, outcome: "allowed" | "denied"): RequestProbe => ({
        ...{ kind: "request", name: outcome, url, credential: { kind: "none" }, outcome },
        ...(outcome === "denied" && { deniedStatus: [403] }),
    });
    const ends = ({ probes: [found] }: Report) => `${found?.verdict ?? ""} ${found?.diagnosis?.code ?? ""}`;

    for (const [what, { answer, allowed, denied }] of Object.entries(adversaries)) {
        it(`is not deceived when it ${what}`, async () => {
            const url = await serve(answer);
            assert.match(ends(await check(probe(url, "allowed"))), allowed);
            assert.match(ends(await check(probe(url, "denied"))), denied);
        });
    }

    it("does not wait for a body that trickles longer than the check has time", async () => {
        const url = await serve((_, response) => {
            response.writeHead(403);
            const timer = setInterval(() => response.write("x"), 50);
            response.on("close", () => clearInterval(timer));
        });
        const asked: (number | undefined)[] = [];
        const real = createHttp({ env: {} });
        const http = {
            ...real,
            // A second here stands for the seconds that the check gives an answer.
            request: (request: Parameters<typeof real.request>[0]) => {
                asked.push(request.timeoutSeconds);
                return real.request({ ...request, timeoutSeconds: 0.2 });
            },
        };
        const probes = [probe(url, "denied")];
        const report = await runSmokeCheck(
            { version: 1, name: "front", project: "demo", fingerprint: {}, probes },
            { http, clock: virtualClock(), deadlineSeconds: 30 },
        );
        await real.close();
        assert.equal(ends(report), "failed no-answer");
        assert.deepEqual([asked[0], asked.at(-1)], [30, 10]);
    });

    it("counts IAP's sign-in page as a denial only if that is expected", async () => {
        const location = "https://accounts.google.com/o/oauth2/v2/auth";
        const iap = await serve((_, response) => response.writeHead(302, { location }).end());
        const login = await serve((_, response) => response.writeHead(302, { location: "/login" }).end());
        const expecting = (url: string): RequestProbe => ({ ...probe(url, "denied"), deniedStatus: [302, 401] });
        assert.equal(ends(await check(expecting(iap))), "passed ");
        assert.equal(ends(await check(expecting(login))), "failed let-in");
    });

    it("refuses to count an outage or a missing path as a denial", async () => {
        for (const status of [404, 429, 500, 503, 200]) {
            await assert.rejects(
                check({ ...probe("http://127.0.0.1:9/", "denied"), deniedStatus: [403, status] }),
                new RegExp(`counts ${status} as a denial`),
            );
        }
    });

    it("gives every probe its attempts, however long others wait", async () => {
        const google = fakeGoogle();
        google.on("https://broken.example.com/", { status: 503 });
        let count = 0;
        google.on("https://late.example.com/", () => ({ status: (count += 1) > 3 ? 200 : 503 }));
        const broken = Array.from({ length: 20 }, (_, index) => ({
            ...probe("https://broken.example.com/", "allowed"),
            name: `${index}`,
        }));
        const probes = [...broken, probe("https://late.example.com/", "allowed")];
        const report = await runSmokeCheck(
            { version: 1, name: "front", project: "demo", fingerprint: {}, probes },
            { http: google.http, clock: virtualClock(), deadlineSeconds: 30, concurrency: 2 },
        );
        assert.equal(report.probes.at(-1)?.verdict, "passed");
        assert.ok(report.seconds <= 31);
    });

    it("prints no token that the service or its errors hold, in any format, nor while it waits", async () => {
        const leak = `${unsignedToken({ sub: "1" })} ya29.secret Bearer abcdefghijklmnopqrstuvwxyz`;
        const url = await serve((_, response) => response.writeHead(200, { "x-leak": leak }).end(leak));
        const location = `https://${unsignedToken({}).slice(0, 40)}.example/`;
        const away = await serve((_, response) => response.writeHead(307, { location }).end());
        const progress: unknown[] = [];
        const http = createHttp({ env: {} });
        const probes: RequestProbe[] = [
            {
                ...probe(url, "allowed"),
                name: "leaking",
                expect: { result: { a: 1 }, matches: "never", headers: { "x-leak": "none" }, identity: "x@y" },
            },
            { ...probe(away, "allowed"), name: "away", expect: { status: 200 } },
            { ...probe(url, "denied"), name: "open" },
        ];
        const spec = { version: 1, name: "front", project: "demo", fingerprint: {}, probes } as const;
        const report = await runSmokeCheck(
            { ...spec, probes },
            { http, clock: virtualClock(), deadlineSeconds: 5, onProgress: (each) => progress.push(each) },
        );
        await http.close();
        assert.equal(report.verdict, "failed");
        const outputs = [report, progress].map((each) => JSON.stringify(each));
        for (const text of [...outputs, formatReport(report), formatJunit([report]), formatGithub([report])]) {
            assert.doesNotMatch(text, /eyJ|ya29|abcdefghijkl/);
        }
    });
});
