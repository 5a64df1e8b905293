import type * as cloudrunv2 from "@pulumi/gcp/cloudrunv2";
import * as pulumi from "@pulumi/pulumi";
import { argumentError, checkPath, targetData, watched } from "./base";
import { checkService, grantInfos, type SmokeCheck } from "./checks";
import { type Grant, type GrantInfo, grantInvoker, refsOf } from "./grants";
import type { InvokableServiceOptions } from "./invokable-service-args";
import type { GrantResource } from "./grant-resource";
import { type Ingress, type Target, TargetKind } from "./target";
import { exposeService, type InvokableMcpServerArgs } from "./workloads";
import { tokenHeaderOf } from "./wiring";
import { defined } from "../common";

/**
 * A server of the Model Context Protocol (MCP) on Cloud Run that only those agents can use that got a grant. It is all that an
 * {@link InvokableService} is. Its clients call `mcpUrl`, with ID tokens for `audience`, which is the origin and never has the
 * path; and they need a fresh token at least every hour (https://cloud.google.com/run/docs/host-mcp-servers).
 * @throws ResourceError if an argument cannot be used
 * @example
 * const tools = new InvokableMcpServer("tools", { image: "europe-docker.pkg.dev/acme/shop/tools:1", location: "europe-west1" });
 * new InvokableService("agent", { image, location, vpc, invokes: { tools } });
 */
export class InvokableMcpServer extends pulumi.ComponentResource implements Target {
    /** The root URL of the service. */
    readonly url: pulumi.Output<string>;
    /** The URL that clients of the protocol call. */
    readonly mcpUrl: pulumi.Output<string>;
    /** The audience that an ID token for the server must have. */
    readonly audience: pulumi.Output<string>;
    /** Whether the server reads `Authorization` itself, so that callers send their ID token in another header. */
    readonly usesAuthorization: boolean;
    /** The header in which callers send their ID token. */
    readonly tokenHeader: string;
    /** The email address of the account that the server runs as. */
    readonly serviceAccountEmail: pulumi.Output<string>;
    /** That account as an IAM member, `serviceAccount:EMAIL`: for `enqueuers`, `publishers` and the like. */
    readonly member: pulumi.Output<string>;
    /** The service itself. */
    readonly service: cloudrunv2.Service;
    /** A shell command that lists the tools as you. It works if you have a grant. */
    readonly invokeCommand: pulumi.Output<string>;
    /** What the server's account may do on what it invokes. */
    readonly grants: GrantInfo[];
    /** What the smoke check does, as data: `gcp-invoke verify` runs it again at any time. */
    readonly smokeCheck: SmokeCheck;
    /** Always `run`. */
    readonly kind: TargetKind;
    /** Whether `audience` is the service's own URL. */
    readonly audienceIsUrl: boolean;
    /** What callers get their grants on. */
    readonly resource: GrantResource;
    /** The root URL in each region of a multi-region service; undefined for one that is in one region. */
    readonly regions?: { [region: string]: pulumi.Output<string> };
    /** Who can reach the server over the network. */
    readonly ingress: Ingress;

    /** All of that as plain data: what a program in another language passes to a caller's `target` or `targets`. */
    readonly target: Target;

    constructor(name: string, args: InvokableMcpServerArgs, opts?: InvokableServiceOptions) {
        super("pulumi-gcp-invoke:index:InvokableMcpServer", name, {}, watched(opts));
        const path = args.path ?? "/mcp";
        checkPath(this, "path", path);
        checkAudiences(this, path, args.customAudiences);
        const exposed = exposeService(this, name, args, opts?.transform, ["path", "usesAuthorization"]);
        this.kind = TargetKind.Run;
        this.service = exposed.service;
        this.ingress = exposed.ingress;
        this.grants = grantInfos(exposed.grants);
        this.url = exposed.url;
        this.mcpUrl = pulumi.interpolate`${exposed.url}${path}`;
        this.audienceIsUrl = exposed.audienceIsUrl;
        this.audience = exposed.audience;
        this.usesAuthorization = args.usesAuthorization === true;
        this.tokenHeader = tokenHeaderOf(this.usesAuthorization);
        this.serviceAccountEmail = exposed.email;
        this.member = pulumi.interpolate`serviceAccount:${exposed.email}`;
        this.resource = exposed.resource;
        if (exposed.regions !== undefined) {
            this.regions = exposed.regions;
        }
        this.invokeCommand = pulumi.interpolate`curl -H "${this.tokenHeader}: Bearer $(gcloud auth print-identity-token)" -H "Content-Type: application/json" -H "Accept: application/json, text/event-stream" -d '{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}' ${this.mcpUrl}`;
        const { tools, ...check } = args.smokeCheck ?? {};
        this.smokeCheck = checkService(
            this,
            name,
            {
                ...check,
                mcp: { path, ...defined({ tools }) },
                ...(this.usesAuthorization && { tokenHeader: this.tokenHeader }),
            },
            exposed.grants,
            exposed.revision,
        );
        this.target = targetData(this);
        this.registerOutputs({
            url: this.url,
            mcpUrl: this.mcpUrl,
            audience: this.audience,
            tokenHeader: this.tokenHeader,
            serviceAccountEmail: this.serviceAccountEmail,
            member: this.member,
            service: this.service,
            invokeCommand: this.invokeCommand,
            grants: refsOf(exposed.grants),
            smokeCheck: this.smokeCheck,
        });
    }

    /**
     * Lets a member use the server.
     * @param name The resource name of the grant.
     * @param member An IAM member, such as `serviceAccount:agent@p.iam.gserviceaccount.com` or `group:support@example.com`.
     * @throws ResourceError for `allUsers` and `allAuthenticatedUsers`
     * @example tools.grantInvoke("support", "group:support@example.com")
     */
    grantInvoke(name: string, member: pulumi.Input<string>, opts?: pulumi.CustomResourceOptions): Grant {
        return grantInvoker(this, name, member, this.service.project, opts);
    }
}

/** Clients make the audience of the URL that they call, so the path gets into audiences by mistake. */
function checkAudiences(component: pulumi.Resource, path: string, audiences: string[] = []): void {
    for (const [index, audience] of audiences.entries()) {
        if (URL.canParse(audience) && path !== "/" && new URL(audience).pathname.startsWith(path)) {
            const origin = new URL(audience).origin;
            const reason = `"${audience}" has the path of the server, and a token is for all of a service; use ${origin}`;
            throw argumentError(component, `customAudiences[${index}]`, reason);
        }
    }
}
