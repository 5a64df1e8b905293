import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stateName } from "../../../engine/light";
import { findStateFolder } from "../../../cli/sandbox/state-folder";

/** A stack as a sandbox keeps it. */
export interface KeptStack {
    directory: string;
    project: string;
    stack: string;
    resources: object[];
}

/** Puts a stack into a state folder, as if it had just been deployed. */
export function keepStack(path: string, { directory, project, stack, resources }: KeptStack): void {
    const folder = findStateFolder(path, path, {});
    mkdirSync(folder.file("stacks"), { recursive: true, mode: 0o700 });
    const text = JSON.stringify({ version: 3, deployment: { resources } });
    writeFileSync(join(folder.path, "stacks", stateName(project, stack)), text, { mode: 0o600 });
    folder.remember({ directory, project, stack });
}

/**
 * A service and a workflow that may call it.
 * @param options `of`: the stack that has the service, which this one only reads. @default - this one has it
 */
export function serviceWithCaller(
    project: string,
    stack: string,
    service: string,
    workflow: string,
    { of }: { of?: string } = {},
): { resources: object[] } {
    const urn = (type: string, name: string): string => `urn:pulumi:${stack}::${project}::${type}::${name}`;
    const [owner, caller] = [
        urn("pulumi-gcp-invoke:index:InvokableService", service),
        urn("pulumi-gcp-invoke:index:AuthenticatedWorkflow", workflow),
    ];
    const place = { project: "demo", location: "l" };
    const name = `${service}-${of ?? `${project}-${stack}`}`;
    const account = `${workflow}-${project}-${stack}@demo.iam.gserviceaccount.com`;
    const grant = "gcp:cloudrunv2/serviceIamMember:ServiceIamMember";
    return {
        resources: [
            { urn: owner, type: "pulumi-gcp-invoke:index:InvokableService" },
            { urn: caller, type: "pulumi-gcp-invoke:index:AuthenticatedWorkflow" },
            {
                ...{ urn: urn("gcp:cloudrunv2/service:Service", service), type: "gcp:cloudrunv2/service:Service" },
                ...{ parent: owner, external: of !== undefined, outputs: { ...place, name } },
            },
            {
                ...{ urn: urn("gcp:workflows/workflow:Workflow", workflow), type: "gcp:workflows/workflow:Workflow" },
                parent: caller,
                outputs: { project: "demo", region: "l", name: account.split("@")[0], serviceAccount: account },
            },
            {
                ...{ urn: urn(grant, `${workflow}-${service}`), type: grant, parent: caller },
                outputs: { ...place, name, role: "roles/run.invoker", member: `serviceAccount:${account}` },
            },
        ],
    };
}
