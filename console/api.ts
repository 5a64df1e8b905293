import type { Batch, ExecutionView, Overview } from "../cli/console/view";

/** Why the console cannot be used any more, such as a link that was used already. */
export class NoSession extends Error {}

async function ask<T>(method: string, path: string, body?: object): Promise<T> {
    const changes = method !== "GET";
    const response = await fetch(path, {
        method,
        ...(changes && {
            headers: { "content-type": "application/json", "x-gcp-invoke-console": "1" },
            body: JSON.stringify(body ?? {}),
        }),
    });
    const answer = response.status === 204 ? {} : ((await response.json()) as { error?: string });
    if (response.ok) {
        return answer as T;
    }
    const reason = "error" in answer && answer.error ? answer.error : `the console answered ${response.status}`;
    throw response.status === 401 ? new NoSession(reason) : new Error(reason);
}

export const api = {
    session: (code: string) => ask<object>("POST", "session", { code }),
    /** @param stack the stack to draw. @default - the one that was deployed last */
    overview: (stack?: string) =>
        ask<Overview>("GET", `api/overview${stack === undefined ? "" : `?stack=${encodeURIComponent(stack)}`}`),
    execution: (id: string) => ask<ExecutionView>("GET", `api/execution?id=${encodeURIComponent(id)}`),
    repeat: (id: string) => ask<{ status: number }>("POST", "api/repeat", { id }),
    send: (method: "POST" | "DELETE", path: string, body: object) => ask<object>(method, `api/${path}`, body),
};

/** Listens to what happens. @returns a function that ends it */
export function listen(onBatch: (batch: Batch) => void, onGone: () => void): () => void {
    const source = new EventSource("api/events");
    source.onmessage = ({ data }: MessageEvent<string>) => onBatch(JSON.parse(data) as Batch);
    source.addEventListener("gone", () => {
        source.close();
        onGone();
    });
    return () => source.close();
}
