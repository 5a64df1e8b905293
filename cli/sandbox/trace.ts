import { redact } from "../../common/redact";
import { messageOf } from "../../errors";

/** A request to the cloud, as the engine makes it. */
type Send<Rest extends unknown[]> = (
    method: string,
    url: string,
    ...rest: Rest
) => Promise<{ status: number; body: unknown }>;

/**
 * If `GCP_INVOKE_DEBUG` is set, prints each request of the engine, with its status and its time, to stderr, which has neither
 * the outputs nor the JSON of a command. It prints no body, because a body may hold a secret, and of the query only the
 * names.
 *
 * @param env - the environment that may hold the variable
 */
export function traced<Rest extends unknown[]>(
    send: Send<Rest>,
    out: { write(text: string): unknown } = process.stderr,
    env: NodeJS.ProcessEnv = process.env,
): Send<Rest> {
    if (!env["GCP_INVOKE_DEBUG"]) {
        return send;
    }
    return async (method, url, ...rest) => {
        const begun = performance.now();
        const say = (end: string): unknown =>
            out.write(`debug: ${method} ${shown(url)} → ${end} (${Math.round(performance.now() - begun)} ms)\n`);
        try {
            const answer = await send(method, url, ...rest);
            say(String(answer.status));
            return answer;
        } catch (error) {
            say(redact(messageOf(error)));
            throw error;
        }
    };
}

function shown(url: string): string {
    const [path = "", query] = redact(url).split("?", 2);
    const names = [...new URLSearchParams(query).keys()].filter((name) => name !== "alt");
    return names.length > 0 ? `${path}?${names.join("&")}` : path;
}
