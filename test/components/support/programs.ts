import * as pulumi from "@pulumi/pulumi";
import {
    AuthenticatedWorkflow,
    type AuthenticatedWorkflowArgs,
    Ingress,
    InvokableService,
    type Target,
    TargetKind,
} from "../../../index";

export const location = "europe-west1";
export const image = "europe-docker.pkg.dev/demo/shop/orders:1";

/** A workflow that gets each of the expressions. */
export function getting(...urls: string[]): pulumi.asset.StringAsset {
    const steps = urls.map(
        (url, index) => `    - call_${index}:\n        call: http.get\n        args:\n          url: ${url}\n`,
    );
    return new pulumi.asset.StringAsset(`main:\n  steps:\n${steps.join("")}    - done:\n        return: done\n`);
}

export function variable(name: string): string {
    return `\${sys.get_env("${name}")}`;
}

export function service(
    name: string,
    args: Partial<ConstructorParameters<typeof InvokableService>[1]> = {},
): InvokableService {
    return new InvokableService(name, { image, location, ...args });
}

/** A workflow that calls every target that has a URL variable. */
export function caller(
    targets: Record<string, Target>,
    args: Partial<AuthenticatedWorkflowArgs> = {},
): AuthenticatedWorkflow {
    const urls = Object.entries(targets).map(([key, target]) =>
        target.kind === TargetKind.GoogleApi
            ? `${target.url as string}/v1/x`
            : target.kind === TargetKind.Job
              ? `\${sys.get_env("${key.toUpperCase()}_URL") + ":run"}`
              : variable(`${key.toUpperCase().replaceAll("-", "_")}_URL`),
    );
    return new AuthenticatedWorkflow("fulfil", { location, source: getting(...urls), targets, ...args });
}

/** A front that is open, a stock that is not, and a workflow, as a continuous check calls them. */
export function shopCalls() {
    const fulfil = caller({ orders: service("orders") });
    return {
        requests: {
            front: {
                target: service("front", { ingress: Ingress.All }),
                path: "/hello",
                expect: { greeting: "hello" },
            },
            stock: { target: service("stock"), path: "/" },
        },
        workflows: { fulfil: { workflow: fulfil.workflowId, argument: { order: 7 }, expect: { status: "reserved" } } },
    };
}
