import assert from "node:assert/strict";
import { Client, credentials, Metadata, status, type ServiceError, type StatusObject } from "@grpc/grpc-js";
import { REFUSED, serve, type Served } from "./served";

const same = (bytes: Buffer): Buffer => bytes;

describe("gRPC", () => {
    let served: Served;
    before(async () => {
        served = await serve(["grpc", "plain-grpc", "web"]);
    });
    after(() => served.close());

    interface Ended {
        code: status;
        details: string;
        got: string[];
        seen: string | undefined;
    }

    function call(id: string, method: string, sent: string[], caller: string, path = "echo.Echo"): Promise<Ended> {
        const client = new Client(
            `${served.host(id)}:443`,
            credentials.createSsl(Buffer.from(served.sandbox.network.caPem)),
        );
        const metadata = new Metadata();
        Object.entries(served.header(id, caller)).forEach(([name, value]) => metadata.set(name, value));
        const name = `/${path}/${method}`;
        const got: string[] = [];
        return new Promise<Ended>((resolve) => {
            let answer: string | undefined;
            const done = ({ code, details, metadata: given }: StatusObject): void => {
                client.close();
                const all = answer === undefined ? got : [...got, answer];
                resolve({ code, details, got: all, seen: given.get("x-seen")[0]?.toString() });
            };
            const one = (_error: ServiceError | null, value?: Buffer): void => (
                (answer = value?.toString()),
                undefined
            );
            const [first = ""] = sent;
            const collect = (part: Buffer): void => void got.push(part.toString());
            const ignore = (): void => undefined;
            if (method === "Unary" || method === "Check") {
                client.makeUnaryRequest(name, same, same, Buffer.from(first), metadata, one).on("status", done);
            } else if (method === "Server") {
                const stream = client.makeServerStreamRequest(name, same, same, Buffer.from(first), metadata);
                stream.on("data", collect).on("error", ignore).on("status", done);
            } else if (method === "Client") {
                const stream = client.makeClientStreamRequest(name, same, same, metadata, one);
                stream.on("status", done);
                sent.forEach((part) => stream.write(Buffer.from(part)));
                stream.end();
            } else {
                const stream = client.makeBidiStreamRequest(name, same, same, metadata);
                stream.on("error", ignore).on("status", done);
                const rest = [...sent];
                // Each message is sent only when the one before has come back.
                const next = (): void => {
                    const part = rest.shift();
                    if (part === undefined) {
                        stream.end();
                    } else {
                        stream.write(Buffer.from(part));
                    }
                };
                stream.on("data", (part: Buffer) => {
                    collect(part);
                    next();
                });
                next();
            }
        });
    }

    const CALLS: [method: string, sent: string[], got: string[]][] = [
        ["Unary", ["one"], ["one"]],
        ["Server", ["abc"], ["a", "b", "c"]],
        ["Client", ["a", "b", "c"], ["abc"]],
        ["Both", ["a", "b", "c"], ["a", "b", "c"]],
    ];
    for (const [method, sent, got] of CALLS) {
        it(`lets ${method} of a granted account in, with its trailers and without the token's signature`, async () => {
            const ended = await call("grpc", method, sent, "granted");
            assert.deepEqual(ended, {
                ...{ code: status.OK, details: "OK", got, seen: "SIGNATURE_REMOVED_BY_GOOGLE" },
            });
        });

        for (const [caller, http, code] of REFUSED) {
            it(`refuses ${method} with ${caller} as ${status[code]}, by the status ${http}`, async () => {
                const from = served.sandbox.decisions().at(-1)?.id ?? 0;
                const ended = await call("grpc", method, sent, caller);
                assert.deepEqual([ended.code, ended.got], [code, []]);
                assert.match(ended.details, new RegExp(String(http)));
                assert.deepEqual(
                    served.sandbox.decisions(from).map(({ allowed }) => allowed),
                    [false],
                );
            });
        }
    }

    it("passes on an error that has no body, with its status, its text and its trailers", async () => {
        const ended = await call("grpc", "Unary", ["fail"], "granted");
        assert.deepEqual(ended, {
            ...{
                code: status.FAILED_PRECONDITION,
                details: "not today",
                got: [],
                seen: "SIGNATURE_REMOVED_BY_GOOGLE",
            },
        });
    });

    it("passes on a message of any size", async () => {
        for (const size of [0, 1, 65_536, 3_000_000]) {
            const [got = ""] = (await call("grpc", "Unary", ["x".repeat(size)], "granted")).got;
            assert.equal(got.length, size);
        }
    });

    it("reaches the program in HTTP/2 also where the port does not say h2c, as Cloud Run passes gRPC on", async () => {
        assert.deepEqual(await call("plain-grpc", "Both", ["a"], "granted"), {
            ...{ code: status.OK, details: "OK", got: ["a"], seen: "SIGNATURE_REMOVED_BY_GOOGLE" },
        });
        assert.equal((await call("plain-grpc", "Both", ["a"], "no grant")).code, status.PERMISSION_DENIED);
    });

    it("is UNAVAILABLE where the program speaks HTTP/1.1 only", async () => {
        assert.equal((await call("web", "Unary", ["a"], "granted")).code, status.UNAVAILABLE);
        assert.equal((await call("web", "Unary", ["a"], "no grant")).code, status.PERMISSION_DENIED);
    });
});
