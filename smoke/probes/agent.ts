import { randomUUID } from "node:crypto";
import type { HttpResponse } from "../../credentials";
import { isObject } from "../../common";
import type { Attempt } from "../attempt";
import { isSuccess } from "../diagnosis";
import { readJson } from "../json";
import type { AgentRequest } from "../agent-request";
import type { Exchange } from "./exchange";

type Values = Record<string, unknown>;

/** A way to reach an agent. */
interface Interface {
    url: unknown;
    /** `JSONRPC`, `GRPC`, `HTTP+JSON` or another. */
    binding: unknown;
    /** The version of the protocol, such as `0.3` or `1.0`. */
    version: unknown;
    tenant?: unknown;
}

/**
 * Reads the card of an agent of the A2A protocol, compares it with what is expected of it, and sends the agent a message if there is
 * one. The message goes only to a URL of the service itself, whatever the card says. What refuses the card comes back as it is.
 * https://a2a-protocol.org/latest/specification/
 */
export async function askAgent(
    exchange: Exchange,
    { roots, skills, message }: AgentRequest,
): Promise<HttpResponse | Attempt> {
    const answer = await exchange({ headers: { accept: "application/json" } });
    if ("outcome" in answer || !isSuccess(answer.status)) {
        return answer;
    }
    const card = readJson(answer.body);
    if (!isObject(card)) {
        return wrongCard("what is served there is no agent card, which is an object in JSON", "no agent card");
    }
    const ways = interfacesOf(card);
    if (ways.length === 0) {
        return wrongCard("the agent card names no URL at which the agent answers", "no URL");
    }
    const foreign = ways.filter(({ url }) => !isOwn(url, roots)).map(({ url }) => textOf(url));
    if (foreign.length > 0) {
        const fix = `have the card name ${roots[0] ?? "the service"}, such as by the header Host of the request that reads it`;
        const cause = `the agent card sends callers, and their tokens, to ${foreign.join(", ")}, which is not the service's own URL`;
        return wrongCard(cause, "foreign URL", fix);
    }
    const listed = [card["skills"]].flat().map((skill) => textOf(isObject(skill) ? skill["id"] : skill));
    const missing = skills.filter((skill) => !listed.includes(skill));
    if (missing.length > 0) {
        return wrongCard(
            `the agent card lacks the skill ${missing.join(", ")}; it has ${listed.join(", ")}`,
            "skills missing",
        );
    }
    return message === undefined ? answer : send(exchange, ways, message);
}

/** The interfaces of a card: since version 1.0 they are in one list, and before that the first one was a part of the card itself. */
function interfacesOf(card: Values): Interface[] {
    const { url, preferredTransport, protocolVersion } = card;
    const lists = (key: string): Values[] =>
        [card[key] ?? []].flat().map((each) => (isObject(each) ? each : { url: each }));
    return [
        ...lists("supportedInterfaces").map((each) => ({
            ...{ url: each["url"], binding: each["protocolBinding"], tenant: each["tenant"] },
            version: each["protocolVersion"] ?? "1.0",
        })),
        ...(url === undefined
            ? []
            : [{ url, binding: preferredTransport ?? JSON_RPC, version: protocolVersion ?? "0.2" }]),
        ...lists("additionalInterfaces").map((each) => ({
            ...{ url: each["url"], binding: each["transport"], version: protocolVersion ?? "0.2" },
        })),
    ];
}

const JSON_RPC = "JSONRPC";

function isOwn(url: unknown, roots: readonly string[]): boolean {
    return (
        typeof url === "string" && URL.canParse(url) && roots.some((root) => isSameService(new URL(root), new URL(url)))
    );
}

/** A tag of traffic is before the host. https://cloud.google.com/run/docs/rollouts-rollbacks-traffic-migration#tags */
const isSameService = (root: URL, url: URL): boolean =>
    root.protocol === url.protocol && (root.host === url.host || url.host.endsWith(`---${root.host}`));

/** https://a2a-protocol.org/v0.3.0/specification/#71-messagesend, https://a2a-protocol.org/latest/whats-new-v1/ */
async function send(exchange: Exchange, ways: readonly Interface[], text: string): Promise<HttpResponse | Attempt> {
    const way = ways.find(({ binding }) => binding === JSON_RPC);
    if (way === undefined) {
        const cause = `the agent card has no interface for ${JSON_RPC}, and the check sends its message by no other`;
        return wrongCard(
            cause,
            `no ${JSON_RPC}`,
            "add such an interface to the agent, or leave smokeCheck.message out",
        );
    }
    const isOld = String(way.version).startsWith("0.");
    const messageId = randomUUID();
    const call = isOld
        ? {
              method: "message/send",
              params: {
                  message: { kind: "message", messageId, role: "user", parts: [{ kind: "text", text }] },
                  configuration: { blocking: true },
              },
          }
        : {
              method: "SendMessage",
              params: {
                  message: { messageId, role: "ROLE_USER", parts: [{ text }] },
                  ...(way.tenant !== undefined && { tenant: way.tenant }),
              },
          };
    const answer = await exchange({
        ...{ method: "POST", url: String(way.url), body: JSON.stringify({ jsonrpc: "2.0", id: 1, ...call }) },
        headers: {
            ...{ "content-type": "application/json", accept: "application/json" },
            ...(!isOld && { "a2a-version": String(way.version) }),
        },
    });
    return "outcome" in answer || !isSuccess(answer.status) ? answer : judge(answer);
}

/** Whether an agent took a message. It may answer it at once, or begin a task, which may go on. */
function judge(answer: HttpResponse): HttpResponse | Attempt {
    const read = readJson(answer.body);
    const { result, error } = isObject(read) ? read : {};
    if (isObject(error)) {
        return refused(
            `the agent answered with the error ${textOf(error["code"])}: ${textOf(error["message"])}`,
            "A2A error",
        );
    }
    if (!isObject(result)) {
        return refused("the answer to the message has no result, as the A2A protocol demands it", "no A2A result");
    }
    const task = isObject(result["task"]) ? result["task"] : result;
    const state = isObject(task["status"]) ? textOf(task["status"]["state"]) : "";
    if (/^(TASK_STATE_)?(failed|rejected|canceled)$/i.test(state)) {
        return refused(`the agent took the message, and the state of its task is ${state}`, state);
    }
    return { ...answer, body: JSON.stringify(result) };
}

const textOf = (value: unknown): string =>
    typeof value === "string" ? value : value === undefined ? "nothing" : JSON.stringify(value);

const wrongCard = (cause: string, got: string, fix?: string): Attempt => ({
    ...{ outcome: "failed", got, byCode: true },
    diagnosis: { code: "agent-card", cause, ...(fix !== undefined && { fix }) },
});

const refused = (cause: string, got: string): Attempt => ({
    ...{ outcome: "failed", got, byCode: true },
    diagnosis: { code: "agent-message", cause },
});
