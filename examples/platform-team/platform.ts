import * as pulumi from "@pulumi/pulumi";
import { AuthenticatedSchedule, InvokableService, type Target } from "pulumi-gcp-invoke";

/** What a team may choose; all else is decided here. */
export interface TeamApiArgs {
    team: string;
    /** In the company's registry. */
    image: string;
    location: string;
    /** A path that is called every night. @default - none */
    nightly?: string;
    invokes?: { [name: string]: Target };
}

/** A service as the platform team wants services: labelled, small, internal, with its nightly job beside it. */
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
