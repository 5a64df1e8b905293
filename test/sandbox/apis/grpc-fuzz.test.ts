import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type ClientHttp2Session } from "node:http2";
import { fromBinary, fromJson, toBinary, type DescMethod, type JsonObject } from "@bufbuild/protobuf";
import fc from "fast-check";
import { googleApis } from "../../../sandbox/apis";
import { endpoints } from "../../../sandbox/apis/framework/endpoint";
import { google } from "../../../sandbox/apis/framework/descriptors";
import { Sandbox } from "../../../sandbox";
import { messageOf } from "./fuzz-requests";
import { tunnelTo } from "../support/over";

/** `npm run bench -- fuzz` sends 40,000. */
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 2000);
/** UNKNOWN, INTERNAL, UNAVAILABLE and DATA_LOSS: what a server answers that has a mistake. */
const MISTAKES = [2, 13, 14, 15];
/**
 * What bytes that are no message get, and nothing else: gRPC says "Error parsing request proto".
 * https://grpc.github.io/grpc/core/md_doc_statuscodes.html
 */
const UNREADABLE = "13 parse binary";
const SCOPE = "https://www.googleapis.com/auth/cloud-platform";

interface Call {
    host: string;
    method: DescMethod;
    bytes: Uint8Array;
}

/** A message as a client encodes it, and the same with some bytes changed. */
function bytesOf(method: DescMethod): fc.Arbitrary<Uint8Array> {
    const right = messageOf(method.input, 5).map((json) => {
        try {
            return toBinary(method.input, fromJson(method.input, json as JsonObject, { registry: google() }));
        } catch {
            return new Uint8Array();
        }
    });
    const flipped = fc
        .tuple(right, fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 4 }))
        .map(([bytes, changes]) => {
            const changed = Uint8Array.from(bytes);
            for (const [at, value] of changes.filter(([position]) => position < bytes.length)) {
                changed[at] = value;
            }
            return changed;
        });
    return fc.oneof(
        { weight: 6, arbitrary: right },
        { weight: 2, arbitrary: flipped },
        fc.uint8Array({ maxLength: 40 }),
    );
}

function isMessage({ method, bytes }: Call): boolean {
    try {
        fromBinary(method.input, bytes);
        return true;
    } catch {
        return false;
    }
}

const calls = fc.oneof(
    ...googleApis
        .filter(({ host }) => !host.includes("*"))
        .flatMap((definition) =>
            endpoints(definition)
                .filter(({ descriptor }) => descriptor.methodKind === "unary")
                .map(({ descriptor }) =>
                    bytesOf(descriptor).map((bytes): Call => ({ host: definition.host, method: descriptor, bytes })),
                ),
        ),
);

describe("a fuzz of gRPC", () => {
    let sandbox: Sandbox;
    let token: string;
    const sessions = new Map<string, ClientHttp2Session>();
    before(async () => {
        sandbox = await Sandbox.start();
        token = sandbox.cloud.tokens.mintAccessToken({ kind: "user", email: "owner@example.com" }, [SCOPE]);
        // What one call takes away, such as the owner's role, others need.
        const check = sandbox.cloud.iam.check.bind(sandbox.cloud.iam);
        sandbox.cloud.iam.check = (asked) => ({ ...check(asked), allowed: true });
    });
    after(async () => {
        sessions.forEach((session) => session.destroy());
        await sandbox.close();
    });

    async function statusOf({ host, method, bytes }: Call): Promise<{ status: number; said: string }> {
        let session = sessions.get(host);
        if (!session || session.closed || session.destroyed) {
            const socket = await tunnelTo(sandbox.network, host, "h2");
            session = connect(`https://${host}`, { createConnection: () => socket });
            sessions.set(host, session);
        }
        const frame = Buffer.concat([Buffer.alloc(5), bytes]);
        frame.writeUInt32BE(bytes.length, 1);
        const stream = session.request({
            ":method": "POST",
            ":path": `/${method.parent.typeName}/${method.name}`,
            "content-type": "application/grpc",
            te: "trailers",
            authorization: `Bearer ${token}`,
        });
        const told: Record<string, unknown> = {};
        stream.on("response", (headers) => Object.assign(told, headers));
        stream.on("trailers", (headers: Record<string, unknown>) => Object.assign(told, headers));
        stream.end(frame);
        stream.resume();
        await once(stream, "close");
        const message = told["grpc-message"];
        return {
            status: Number(told["grpc-status"]),
            said: typeof message === "string" ? decodeURIComponent(message) : "",
        };
    }

    it(`ends each of ${REQUESTS} calls with a status that is no mistake of the server's`, async function () {
        this.timeout(Math.max(300_000, REQUESTS * 20));
        const answers = new Map<string, number>();
        await fc.assert(
            fc.asyncProperty(calls, async (call) => {
                const { status, said } = await statusOf(call);
                const unreadable = `${status} ${said}`.startsWith(UNREADABLE);
                const kind = unreadable ? "13 of bytes that are no message" : String(status);
                answers.set(kind, (answers.get(kind) ?? 0) + 1);
                const isRight = Number.isInteger(status) && !MISTAKES.includes(status);
                assert.ok(isMessage(call) ? isRight : unreadable, `${call.method.toString()}: ${status} ${said}`);
            }),
            { numRuns: REQUESTS },
        );
        const found = [...answers]
            .sort(([a], [b]) => parseInt(a, 10) - parseInt(b, 10))
            .map(([status, times]) => `${times} × ${status}`);
        console.log(`      answers: ${found.join(", ")}`);
        assert.ok((answers.get("0") ?? 0) > REQUESTS / 50, "few calls reached the end of a handler");
    });
});
