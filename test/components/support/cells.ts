import {
    AuthenticatedPush,
    AuthenticatedQueue,
    AuthenticatedSchedule,
    type GrantResource,
    GrantResourceType,
    type Target,
    TargetKind,
} from "../../../index";
import type { Deployed } from "./deploy";
import { caller, location, service } from "./programs";

const run: GrantResource = { type: GrantResourceType.RunService, name: "orders", location };

/** Invokables as plain data, so that a test sees what the caller makes and nothing else. */
export const targets: Record<"run" | "function" | "iap" | "iapRun", Target> = {
    run: { kind: TargetKind.Run, url: "https://orders.a.run.app", resource: run },
    function: {
        kind: TargetKind.Function,
        url: "https://europe-west1-demo.cloudfunctions.net/legacy",
        resource: { type: GrantResourceType.Function, name: "legacy", location },
    },
    iap: {
        kind: TargetKind.Iap,
        url: "https://erp.example.com",
        audience: "1-a.apps.googleusercontent.com",
        resource: { type: GrantResourceType.IapBackendService, name: "erp" },
    },
    iapRun: {
        kind: TargetKind.Iap,
        url: "https://tools.a.run.app",
        audience: "2-b.apps.googleusercontent.com",
        resource: { type: GrantResourceType.IapRunService, name: "tools", location },
    },
};

/** The grant that lets a caller in, but for the member: its type, what its name ends with, its inputs. */
export const grants: Record<keyof typeof targets, [type: string, on: string, inputs: object]> = {
    run: ["ServiceIamMember", `orders-${location}`, { name: "orders", location, role: "roles/run.invoker" }],
    function: [
        "FunctionIamMember",
        `legacy-${location}`,
        { cloudFunction: "legacy", region: location, role: "roles/cloudfunctions.invoker" },
    ],
    iap: ["WebBackendServiceIamMember", "erp", { webBackendService: "erp", role: "roles/iap.httpsResourceAccessor" }],
    iapRun: [
        "WebCloudRunServiceIamMember",
        `tools-${location}`,
        { cloudRunServiceName: "tools", location, role: "roles/iap.httpsResourceAccessor" },
    ],
};

export const audiences: Record<keyof typeof targets, string> = {
    run: "https://orders.a.run.app",
    function: "https://europe-west1-demo.cloudfunctions.net/legacy",
    iap: "1-a.apps.googleusercontent.com",
    iapRun: "2-b.apps.googleusercontent.com",
};

/** A caller of each kind, called `from`. */
export const callers = {
    schedule: (target: Target) => new AuthenticatedSchedule("from", { location, schedule: "0 6 * * *", target }),
    queue: (target: Target) => new AuthenticatedQueue("from", { location, target }),
    push: (target: Target) => new AuthenticatedPush("from", { target }),
    workflow: (target: Target) => caller({ target }),
    service: (target: Target) => service("from", { invokes: { target } }),
};

/** The address of an account that a component made. */
export function email(deployed: Deployed, account: string): string {
    return `${String(deployed.find("Account", account)["accountId"])}@demo.iam.gserviceaccount.com`;
}
