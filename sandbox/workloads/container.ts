import { randomBytes } from "node:crypto";
import type { RunService } from "../apis";
import type { SecretFiles } from "./settings";

/** The path of the sandbox's root certificate in a container. */
const CA = "/gcp-invoke/ca.pem";
/** The name by which a container in Docker's virtual machine reaches the machine that Docker runs on. */
const MACHINE = "host.docker.internal";

/** A container as a command of this machine. */
export interface ContainerCommand {
    command: string[];
    /** Variables of the process `docker`, which passes them on by name, so that no list of processes shows their values. */
    env: Record<string, string>;
    /** The command that removes the container if it is still there after `docker` has ended. */
    removal: string[];
}

/**
 * The command by which Docker runs a service's container so that it reaches the sandbox. On Linux the container shares the
 * machine's network, because the sandbox listens on loopback only. On other systems Docker's virtual machine has a name for
 * the machine it runs on. The image must listen on `PORT`, as Cloud Run requires:
 * https://cloud.google.com/run/docs/container-contract#port
 * @param image the image to run instead of the service's own
 */
export function containerCommand(
    service: RunService,
    image: string | undefined,
    port: number,
    variables: Record<string, string | undefined>,
    caFile: string,
    platform: NodeJS.Platform = process.platform,
    files?: Pick<SecretFiles, "root" | "folders">,
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
            ...(files?.folders ?? []).flatMap((folder) => ["--volume", `${files?.root ?? ""}${folder}:${folder}:ro`]),
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
