import { strict as assert } from "node:assert";
import { traced } from "../../../cli/sandbox/trace";

const answered =
    (status: number) =>
    (_method: string, _url: string, _body?: unknown): Promise<{ status: number; body: unknown }> =>
        Promise.resolve({ status, body: { token: "of-the-answer" } });

describe("GCP_INVOKE_DEBUG", () => {
    const shown: string[] = [];
    const out = { write: (text: string) => shown.push(text.replace(/\(\d+ ms\)/, "(N ms)")) };
    beforeEach(() => shown.splice(0));

    it("prints each request of the engine and its outcome, without bodies and values of the query", async () => {
        const env = { GCP_INVOKE_DEBUG: "1" };
        const url = "https://run.googleapis.com/v2/projects/p/services?serviceId=orders&access_token=hidden&alt=json";
        const answer = await traced(answered(403), out, env)("POST", url, { password: "of-the-request" });
        assert.equal(answer.status, 403);
        assert.deepEqual(shown, [
            "debug: POST https://run.googleapis.com/v2/projects/p/services?serviceId&access_token → 403 (N ms)\n",
        ]);
    });

    it("prints the error of a request without the token in it, and throws the error on", async () => {
        const token = `eyJ${"a".repeat(20)}.b.c`;
        const fails = (): Promise<never> => Promise.reject(new Error(`refused ${token}`));
        await assert.rejects(traced(fails, out, { GCP_INVOKE_DEBUG: "1" })("GET", `https://h/${token}`), /refused eyJ/);
        assert.deepEqual(shown, ["debug: GET https://h/[token] → refused [token] (N ms)\n"]);
    });

    it("prints nothing if it is not set", async () => {
        await traced(answered(200), out, {})("GET", "https://h/");
        assert.deepEqual(shown, []);
    });
});
