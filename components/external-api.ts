import * as pulumi from "@pulumi/pulumi";
import { argumentError } from "./base";
import { type Target, TargetKind, type TargetSecret } from "./target";

/** Arguments of {@link ExternalApi}. */
export interface ExternalApiArgs {
    /** The root URL, such as `https://api.example.com`. */
    url: pulumi.Input<string>;
    /** The short name of the secret in Secret Manager. Its value never passes through the program. */
    secret: pulumi.Input<string>;
    /** @default "latest" */
    version?: pulumi.Input<string>;
    /** The secret's project. @default - the provider's */
    project?: pulumi.Input<string>;
    /** The header that carries the secret. @default "Authorization" */
    header?: string;
    /** What stands before the secret. @default "Bearer " for `Authorization`, else nothing */
    prefix?: string;
}

/**
 * An API elsewhere that wants a secret in a header. The caller reads it from Secret Manager as itself, and may read that
 * secret only.
 * @example new ExternalApi("crm", { url: "https://api.example.com", secret: "crm-key", header: "X-Api-Key" })
 */
export class ExternalApi extends pulumi.ComponentResource implements Target {
    readonly kind: TargetKind;
    readonly url: pulumi.Output<string>;
    readonly secret: TargetSecret;

    constructor(name: string, args: ExternalApiArgs, opts?: pulumi.ComponentResourceOptions) {
        super("pulumi-gcp-invoke:index:ExternalApi", name, {}, opts);
        const header = args.header ?? "Authorization";
        if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(header)) {
            throw argumentError(this, "header", `"${header}" is no header's name; it looks like X-Api-Key`);
        }
        const prefix = args.prefix ?? (header === "Authorization" ? "Bearer " : undefined);
        this.kind = TargetKind.External;
        this.url = pulumi.output(args.url).apply((url) => {
            if (url.startsWith("https://")) {
                return url;
            }
            throw argumentError(this, "url", `"${url}" would show the secret to the network; give an https: URL`);
        });
        this.secret = {
            header,
            secret: args.secret,
            ...(prefix !== undefined && { prefix }),
            ...(args.version !== undefined && { version: args.version }),
            ...(args.project !== undefined && { project: args.project }),
        };
        this.registerOutputs({ url: this.url });
    }
}
