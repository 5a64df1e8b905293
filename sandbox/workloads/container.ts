import { randomBytes } from "node:crypto";
import type { RunService } from "../apis";

/** The path of the sandbox's root certificate in a container. */
const CA = "/gcp-invoke/ca.pem";
/** How a container of Docker's virtual machine calls the machine that it runs on. */
const MACHINE = "host.docker.internal";

/** A container as a command of this machine. */
export interface ContainerCommand {
    command: string[];
    /** For the process of `docker`, which hands them on by name: their values are in no list of processes. */
    env: Record<string, string>;
    /** What ends the container, where ending `docker` did not. */
    removal: string[];
}

/**
 * How Docker runs a service's container with the sandbox around it. On Linux it shares the machine's network, because the
 * sandbox listens on loopback only; elsewhere Docker's virtual machine leads there by a name of its own. So the image must
 * listen on `PORT`, as Cloud Run asks: https://cloud.google.com/run/docs/container-contract#port
 * @param image in the place of the service's own
 */
export function containerCommand(
    service: RunService,
    image: string | undefined,
    port: number,
    variables: Record<string, string | undefined>,
    caFile: string,
    platform: NodeJS.Platform = process.platform,
): ContainerCommand {
    const [container = {}] = service.template?.containers ?? [];
    const { command = [], args = [] } = container as { command?: string[]; args?: string[] };
    const name = `gcp-invoke-${randomBytes(6).toString("hex")}`;
    const shared = platform === "linux";
    const given: Record<string, string | undefined> = { ...variables, PORT: String(port) };
    const env = Object.fromEntries(
        Object.entries(given).flatMap(([key, value]) => {
            if (value === undefined) {
                return [];
            }
            const inside = value === caFile ? CA : value;
            return [[key, shared || /no_proxy/i.test(key) ? inside : inside.replaceAll("127.0.0.1", MACHINE)]];
        }),
    );
    return {
        command: [
            "docker",
            ...["run", "--rm", "--init", "--name", name],
            ...(shared ? ["--network", "host"] : ["--publish", `127.0.0.1:${port}:${port}`]),
            ...["--volume", `${caFile}:${CA}:ro`],
            ...Object.keys(env).flatMap((key) => ["--env", key]),
            ...command.slice(0, 1).flatMap((entry) => ["--entrypoint", entry]),
            image ?? container.image ?? "",
            ...command.slice(1),
            ...args,
        ],
        env,
        removal: ["docker", "rm", "--force", name],
    };
}
