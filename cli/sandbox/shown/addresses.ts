import type { Sandbox } from "../../../sandbox";
import type { Terminal } from "../../render";

/** Something that answers in a sandbox, and where. */
export interface Address {
    what: string;
    name: string;
    where: string;
}

/** What answers where: each service and function, the hosts that the `sandbox.yaml` declares, and Google's APIs. */
export function addressesOf({ cloud }: Sandbox): Address[] {
    const services = cloud.store.list("run.services").map(([name, service]) => {
        const { uri = "" } = service as { uri?: string };
        return { what: "service", name: name.slice(name.lastIndexOf("/") + 1), where: uri };
    });
    const workflows = cloud.store.list("workflows.workflows").map(([name]) => ({
        ...{ what: "workflow", name: name.slice(name.lastIndexOf("/") + 1) },
        where: `https://workflowexecutions.googleapis.com/v1/${name}/executions`,
    }));
    const hosts = cloud.settings.declaredHosts.map((host) => ({ what: "host", name: host, where: `https://${host}` }));
    const apis = new Set(cloud.apis.list().map(({ host }) => host)).size;
    const google = {
        what: "APIs",
        name: "Google Cloud",
        where: `https://*.googleapis.com, ${apis} hosts (gcp-invoke sandbox apis)`,
    };
    return [...services, ...workflows, ...hosts, google];
}

/** Prints the addresses as a table. */
export function printAddresses(addresses: readonly Address[], screen: Terminal): void {
    const width = (key: "what" | "name"): number => Math.max(...addresses.map((each) => each[key].length));
    for (const { what, name, where } of addresses) {
        const row = `  ${what.padEnd(width("what"))}  ${screen.style("bold", name.padEnd(width("name")))}  ${where}`;
        screen.write(`${row}\n`);
    }
}
