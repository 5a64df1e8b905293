import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** The state of a socket that listens, in /proc/net/tcp. https://docs.kernel.org/networking/proc_net_tcp.html */
const LISTENING = "0A";

/** The TCP ports that a process listens on. They are known on Linux only; on other systems the list is empty. */
export function portsOf(pid: number | undefined): number[] {
    try {
        const folder = `/proc/${pid ?? 0}/fd`;
        const sockets = new Set(readdirSync(folder).map((name) => readlinkSync(`${folder}/${name}`)));
        const rows = ["tcp", "tcp6"].flatMap((table) =>
            readFileSync(`/proc/net/${table}`, "utf8").split("\n").slice(1),
        );
        const ports = rows.flatMap((row) => {
            const [, local = "", , state, , , , , , inode = ""] = row.trim().split(/\s+/);
            return state === LISTENING && sockets.has(`socket:[${inode}]`)
                ? [parseInt(local.split(":")[1] ?? "", 16)]
                : [];
        });
        return [...new Set(ports)];
    } catch {
        return [];
    }
}
