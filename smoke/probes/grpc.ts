import type { HttpResponse } from "../../credentials";
import type { Attempt } from "../attempt";
import type { Exchange } from "./exchange";

/**
 * Asks a server of gRPC for the health of a service by gRPC's own protocol. What Google's front door refuses comes back as its
 * answer in HTTP.
 * https://github.com/grpc/grpc/blob/master/doc/health-checking.md
 * https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 */
export async function checkHealth(exchange: Exchange, service: string): Promise<HttpResponse | Attempt> {
    const answer = await askHealth(exchange, service);
    if ("outcome" in answer || answer.status !== 200) {
        return answer;
    }
    const { "grpc-status": code, "grpc-message": said = "" } = { ...answer.headers, ...answer.trailers };
    if (code === "0") {
        const status = STATUSES[answer.body.charCodeAt(answer.body.length - 1)] ?? "UNKNOWN";
        return status === "SERVING"
            ? { ...answer, body: JSON.stringify({ status }) }
            : failed(`${nameOf(service)} is ${status}`, status, true);
    }
    if (code === undefined) {
        return failed("the receiver does not speak gRPC: its answer has no grpc-status", "no gRPC", false, SPEAK_GRPC);
    }
    const [name, hint, fix] = CODES[code] ?? [`grpc-status ${code}`, () => "the call failed"];
    const detail = said === "" ? "" : `: ${decode(said)}`;
    return failed(`${name}: ${hint(nameOf(service))}${detail}`, name, code === "14" || code === "8", fix);
}

/** Asks, and takes what comes as an answer of HTTP: who must be refused is refused by it. */
export const askHealth = (exchange: Exchange, service: string): Promise<HttpResponse | Attempt> =>
    exchange({ bytes: healthRequest(service), headers: { "content-type": "application/grpc", te: "trailers" } });

const SPEAK_GRPC = 'give the service protocol: "h2c", and start a server of gRPC on the port in PORT';

const nameOf = (service: string): string => (service === "" ? "the server" : `the service ${service}`);

/** https://grpc.io/docs/guides/status-codes/ */
const CODES: Record<string, [name: string, hint: (service: string) => string, fix?: string]> = {
    5: ["NOT_FOUND", (service) => `the server does not know the health of ${service}`],
    7: ["PERMISSION_DENIED", () => "the server's own code refused the call"],
    8: ["RESOURCE_EXHAUSTED", () => "the server has nothing left to answer with"],
    12: [
        "UNIMPLEMENTED",
        () => "the server does not have the service grpc.health.v1.Health",
        "add the health service of your gRPC library to the server, or leave smokeCheck.grpcService out",
    ],
    14: ["UNAVAILABLE", () => "the server is not ready"],
    16: ["UNAUTHENTICATED", () => "the server's own code refused the call"],
};

const STATUSES: Record<number, string> = { 1: "SERVING", 2: "NOT_SERVING", 3: "SERVICE_UNKNOWN" };

/** A `HealthCheckRequest` with its prefix. Its only field is the name of the service. */
function healthRequest(service: string): Buffer {
    const name = Buffer.from(service);
    const message = name.length === 0 ? name : Buffer.concat([Buffer.from([0x0a, ...varint(name.length)]), name]);
    const prefix = Buffer.alloc(5);
    prefix.writeUInt32BE(message.length, 1);
    return Buffer.concat([prefix, message]);
}

const varint = (value: number): number[] => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >> 7)]);

function decode(text: string): string {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}

function failed(cause: string, got: string, later: boolean, fix?: string): Attempt {
    const diagnosis = { code: "grpc-health", cause, ...(fix !== undefined && { fix }) };
    return { outcome: later ? "retry" : "failed", got, byCode: true, diagnosis };
}
