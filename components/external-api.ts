import * as pulumi from "@pulumi/pulumi";
import { argumentError, targetData } from "./base";
import { type Target, TargetKind, type TargetSecret } from "./target";
import { defined } from "../common";

/** Arguments of {@link ExternalApi}. */
export interface ExternalApiArgs {
    /** The root URL, such as `https://api.example.com`. */
    url: pulumi.Input<string>;
    /** The short name of the secret in Secret Manager. The program never sees the secret's value. */
    secret: pulumi.Input<string>;
    /** The version of the secret. @default "latest" */
    version?: pulumi.Input<string>;
    /** The ID of the secret's project. @default - the caller's project */
    project?: pulumi.Input<string>;
    /** The header that carries the secret. @default "Authorization" */
    header?: string;
    /** The text before the secret in the header. @default - `Bearer ` for `Authorization`, nothing for other headers */
    prefix?: string;
}

/**
 * An API outside Google Cloud that requires a secret in a header. The caller reads the secret from Secret Manager as itself,
 * and gets a grant to read that secret only.
 * @throws ResourceError if the header cannot be one, or the URL is not an `https:` URL
 * @example new ExternalApi("crm", { url: "https://api.example.com", secret: "crm-key", header: "X-Api-Key" })
 */
export class ExternalApi extends pulumi.ComponentResource implements Target {
    /** Always `external`. */
    readonly kind: TargetKind;
    /** The root URL. */
    readonly url: pulumi.Output<string>;
    /** The secret, and the header that carries it. */
    readonly secret: TargetSecret;
    /** All of that as plain data: what a program in another language passes to a caller's `targets`. */
    readonly target: Target;

    constructor(name: string, args: ExternalApiArgs, opts?: pulumi.ComponentResourceOptions) {
        super("pulumi-gcp-invoke:index:ExternalApi", name, {}, opts);
        const header = args.header ?? "Authorization";
        if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(header)) {
            throw argumentError(this, "header", `"${header}" is not the name of a header; it looks like X-Api-Key`);
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
            ...defined({ prefix, version: args.version, project: args.project }),
        };
        this.target = targetData(this);
        this.registerOutputs({ url: this.url });
    }
}
