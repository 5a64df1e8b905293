import * as serviceaccount from "@pulumi/gcp/serviceaccount";
import * as workflows from "@pulumi/gcp/workflows";
import * as pulumi from "@pulumi/pulumi";
import { argumentError, memoizedPerProgram, watched } from "../base";
import { enableApis, keepsId, ownAccountId } from "../grants";
import { restsOn } from "./last-change";
import { defined, INSIDE_SOURCE } from "../../common";

/** Where a probe from inside runs. */
export interface InsidePlace {
    location?: pulumi.Input<string> | undefined;
    project?: pulumi.Input<string> | undefined;
    enableApis?: boolean | undefined;
}

type KnownPlace = InsidePlace & { location: pulumi.Input<string> };

/**
 * A workflow that sends requests which a service with internal ingress must deny. It reaches such a service, as Google's own
 * senders do, and its account has no grant at all. Whoever executes the workflow gets statuses, and no token.
 */
export class InsideProbe extends pulumi.ComponentResource {
    /** The full name of the workflow. */
    readonly workflowId: pulumi.Output<string>;
    /** The email address of the account that it runs as. */
    readonly serviceAccountEmail: pulumi.Output<string>;

    constructor(name: string, args: KnownPlace, opts?: pulumi.ComponentResourceOptions) {
        super("pulumi-gcp-invoke:index:InsideProbe", name, {}, watched(opts));
        const project = defined({ project: args.project });
        const account = new serviceaccount.Account(
            `${name}-account`,
            {
                accountId: ownAccountId(this, name),
                displayName: "gcp-invoke checks from inside (must be denied)",
                ...project,
            },
            { parent: this, ...keepsId("accountId") },
        );
        const apis = defined({ enableApis: args.enableApis, project: args.project });
        const dependsOn = enableApis(this, name, apis, ["workflows", "workflowexecutions", "iam"]);
        const workflow = new workflows.Workflow(
            name,
            {
                region: args.location,
                description: "sends what services with internal ingress must deny, for their smoke checks",
                sourceContents: INSIDE_SOURCE,
                serviceAccount: account.email,
                deletionProtection: false,
                ...project,
            },
            { parent: this, dependsOn },
        );
        this.workflowId = workflow.id;
        this.serviceAccountEmail = account.email;
        restsOn(this);
        this.registerOutputs({ workflowId: this.workflowId, serviceAccountEmail: this.serviceAccountEmail });
    }
}

const probes = memoizedPerProgram(() => new Map<string, InsideProbe>());

/**
 * The probe of a place. All components of a program share it, as far as the place is known at once; otherwise, and in a program
 * in another language, the component has one of its own.
 */
export function insideProbe(component: pulumi.Resource, name: string, place: InsidePlace): InsideProbe {
    const { location, project = "" } = place;
    if (location === undefined) {
        const reason = "needs a region for the workflow that sends from inside, and none is known here; leave it out";
        throw argumentError(component, "smokeCheck.inside", reason);
    }
    const known = { ...place, location };
    if (typeof location !== "string" || typeof project !== "string" || !pulumi.runtime.getStackResource()) {
        return once(`${name}-inside`, (own) => new InsideProbe(own, known, { parent: component }));
    }
    const provider = component.getProvider("gcp:index:x");
    const suffix = [provider && pulumi.resourceName(provider), project, location].filter(Boolean).join("-");
    return once(`inside-${suffix}`, (own) => new InsideProbe(own, known, defined({ provider })));
}

function once(name: string, make: (name: string) => InsideProbe): InsideProbe {
    const shared = probes().get(name);
    if (shared !== undefined) {
        return shared;
    }
    const made = make(name);
    probes().set(name, made);
    return made;
}
