import * as pulumi from "@pulumi/pulumi";
import { AuthenticatedSchedule, Callers, InvokableService, type Target } from "pulumi-gcp-invoke";

/** What a team may choose. Everything else is decided here. */
export interface TeamApiArgs {
    /** The name of the team, which becomes a label. */
    team: string;
    /** The name of the image in the company's registry. */
    image: string;
    /** The region. */
    location: string;
    /** A path that is called every night. @default - none */
    nightly?: string;
    /** What the service calls, by name. @default - nothing */
    invokes?: { [name: string]: Target };
}

/** A service as the platform team requires it: with labels, small, internal, and with its nightly job. */
export class TeamApi extends pulumi.ComponentResource {
    readonly service: InvokableService;
    readonly url: pulumi.Output<string>;

    constructor(name: string, args: TeamApiArgs, opts?: pulumi.ComponentResourceOptions) {
        super("acme:platform:TeamApi", name, {}, opts);
        const { team, location, nightly } = args;
        this.service = new InvokableService(
            name,
            {
                image: `europe-docker.pkg.dev/demo/examples/${args.image}`,
                location,
                maxInstances: 3,
                labels: { team },
                // Whoever else can call the service fails its check, whatever the stack's configuration says. Its ingress is
                // internal, so a workflow tries from inside what the service must deny.
                smokeCheck: { callers: Callers.Exactly, inside: true },
                ...(args.invokes && { invokes: args.invokes }),
            },
            { parent: this },
        );
        if (nightly !== undefined) {
            new AuthenticatedSchedule(
                `${name}-nightly`,
                { location, schedule: "0 3 * * *", target: this.service, path: nightly, retries: 2 },
                { parent: this },
            );
        }
        this.url = this.service.url;
        this.registerOutputs({ url: this.url });
    }
}
