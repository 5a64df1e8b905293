import { readFileSync } from "node:fs";
import { createHttp, type Http } from "../../../credentials";
import type { Report, SmokeSpec } from "../../../smoke";
import type { Terminal } from "../../render";
import { lazy } from "../lazy";
import { withoutSecrets } from "../reports";
import type { Target } from "../target";

/**
 * Runs checks again that no gate has run, because nothing that the stack consists of has changed: a handler may have. They run
 * in this process, which has loaded what they need, and every request of theirs goes through the sandbox's proxy.
 */
export class Checks {
    /** Its connections stay open from one edit to the next. */
    private http: Http | undefined;

    constructor(
        private readonly sandbox: Pick<Target, "clientEnvironment">,
        private readonly options: { terminal: Terminal; signal: AbortSignal },
    ) {}

    /**
     * Runs checks, and shows their reports.
     *
     * @param all - all checks of the stack
     * @param hide - takes the secrets of the stack out of a text
     */
    async run(
        specs: readonly SmokeSpec[],
        all: readonly SmokeSpec[],
        hide: (text: string) => string,
    ): Promise<Report[]> {
        if (specs.length === 0) {
            return [];
        }
        const { checkAgain, SETTLED_SECONDS, writeReports } = lazy.verify();
        // Nothing of this process's own environment says where a request goes or which credential it has.
        const env = await this.sandbox.clientEnvironment();
        this.http ??= createHttp({ env, ca: readFileSync(String(env["NODE_EXTRA_CA_CERTS"]), "utf8") });
        const checked = await checkAgain(specs, all, {
            credentials: { env },
            http: this.http,
            signal: this.options.signal,
            deadlineSeconds: SETTLED_SECONDS,
        });
        const reports = withoutSecrets(checked, hide);
        writeReports(reports, [{ format: "table" }], this.options.terminal);
        return reports;
    }

    async close(): Promise<void> {
        await this.http?.close();
    }
}
