/** Hosts, and how often each was asked for. */
export type RefusedHosts = { host: string; count: number }[];

/** Where Pulumi downloads plugins from. */
const PLUGINS = /^(get\.pulumi\.com|(api\.)?github\.com)$/;

/**
 * Prints every host that a client asked for and that the sandbox does not serve: these requests would have left the
 * machine.
 */
export function printRefused(hosts: RefusedHosts, out: { write(text: string): unknown }): void {
    if (hosts.length === 0) {
        return;
    }
    const list = hosts.map(({ host, count }) => `${host} (${count})`).join(", ");
    const plugins = hosts.some(({ host }) => PLUGINS.test(host))
        ? "install Pulumi's plugins before, with `pulumi install` outside the sandbox; "
        : "";
    out.write(
        `refused, as the sandbox does not serve them: ${list}; ${plugins}name external APIs under hosts in sandbox.yaml\n`,
    );
}
