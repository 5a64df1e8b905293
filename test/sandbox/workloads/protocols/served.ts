import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { status } from "@grpc/grpc-js";
import { Sandbox } from "../../../../sandbox";
import { enter } from "../../../support/enter";

const fixtures = join(__dirname, "../fixtures/protocols");
const services = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services";

/** Who is refused, with the statuses of HTTP and of gRPC. */
export const REFUSED: [caller: string, http: number, grpc: status][] = [
    ["no token", 403, status.PERMISSION_DENIED],
    ["no grant", 403, status.PERMISSION_DENIED],
    ["wrong audience", 401, status.UNAUTHENTICATED],
    ["access token", 401, status.UNAUTHENTICATED],
    ["expired", 401, status.UNAUTHENTICATED],
    ["forged", 401, status.UNAUTHENTICATED],
];

/** Services of a sandbox that the account "granted" may invoke, and "stranger" may not. */
export interface Served {
    sandbox: Sandbox;
    /** The host name of a service. */
    host(id: string): string;
    /** The header that a caller sends, by who it is: "granted", or one of {@link REFUSED}. */
    header(id: string, caller: string): { authorization?: string };
    close(): Promise<void>;
}

/** @param ids fixtures: programs by the names of their files, `plain-NAME` without the port name h2c, and the handler "events" */
export async function serve(ids: string[]): Promise<Served> {
    const folder = mkdtempSync(join(tmpdir(), "protocols-"));
    const rules = ids.map((id) => {
        const file = join(fixtures, `${id.replace("plain-", "")}.cjs`);
        return id === "events"
            ? `{ image: ${id}, handler: "${file}" }`
            : `{ image: ${id}, command: [node, "${file}"] }`;
    });
    writeFileSync(join(folder, "sandbox.yaml"), `services:\n${rules.map((rule) => `  - ${rule}\n`).join("")}`);
    const write = process.stderr.write.bind(process.stderr);
    process.stderr.write = () => true;
    const sandbox = await Sandbox.start({ mapping: join(folder, "sandbox.yaml") });
    const leave = enter(sandbox);
    const account = async (accountId: string) => {
        const url = "https://iam.googleapis.com/v1/projects/demo/serviceAccounts";
        return (await sandbox.request("POST", url, { body: { accountId } })).body as {
            email: string;
            uniqueId: string;
        };
    };
    const granted = await account("granted");
    const stranger = await account("stranger");
    const hosts = new Map<string, string>();
    for (const id of ids) {
        const ports = id === "grpc" || id === "http2" ? [{ name: "h2c", containerPort: 8080 }] : [];
        const body = { template: { containers: [{ image: id, ports }] } };
        await sandbox.request("POST", `${services}?serviceId=${id}`, { body });
        const bindings = [{ role: "roles/run.invoker", members: [`serviceAccount:${granted.email}`] }];
        await sandbox.request("POST", `${services}/${id}:setIamPolicy`, { body: { policy: { bindings } } });
        const made = await sandbox.request("GET", `${services}/${id}`);
        hosts.set(id, new URL((made.body as { uri: string }).uri).host);
    }
    const host = (id: string): string => hosts.get(id) ?? "";
    return {
        ...{ sandbox, host },
        header(id, caller) {
            const { tokens } = sandbox.cloud;
            const own = tokens.mintIdToken(granted, `https://${host(id)}`);
            const claims = JSON.parse(Buffer.from(own.split(".")[1] ?? "", "base64url").toString()) as object;
            const shown: Record<string, () => string> = {
                granted: () => own,
                "no grant": () => tokens.mintIdToken(stranger, `https://${host(id)}`),
                "wrong audience": () => tokens.mintIdToken(granted, "https://elsewhere.example.com"),
                "access token": () => tokens.mintAccessToken({ kind: "serviceAccount", ...granted }, ["openid"]),
                expired: () => tokens.sign({ ...claims, iat: 1, exp: 2 }),
                forged: () => `${own.slice(0, -8)}AAAAAAAA`,
            };
            const token = shown[caller]?.();
            return token === undefined ? {} : { authorization: `Bearer ${token}` };
        },
        async close() {
            leave();
            await sandbox.close();
            process.stderr.write = write;
            rmSync(folder, { recursive: true });
        },
    };
}
