import * as tls from "node:tls";
import type { Sandbox } from "../../sandbox";

/**
 * Lets programs and checks that run in this process see the sandbox and nothing else.
 *
 * @returns what puts the process back
 */
export function enter(sandbox: Sandbox): () => void {
    const cwd = process.cwd();
    const environment = { ...process.env };
    const authorities = tls.getCACertificates("default");
    for (const [name, value] of Object.entries(sandbox.environment())) {
        if (value === undefined) {
            Reflect.deleteProperty(process.env, name);
        } else {
            process.env[name] = value;
        }
    }
    tls.setDefaultCACertificates([...authorities, sandbox.network.caPem]);
    return () => {
        process.chdir(cwd);
        process.env = environment;
        tls.setDefaultCACertificates(authorities);
    };
}
