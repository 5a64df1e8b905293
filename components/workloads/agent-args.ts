import type * as pulumi from "@pulumi/pulumi";
import type { AgentSmokeCheckArgs } from "../checks";
import type { ExposedServiceArgs } from "./exposed-service";

/** Arguments of {@link InvokableAgent}. */
export interface InvokableAgentArgs extends ExposedServiceArgs {
    /**
     * Whether those may read the agent's card who have no grant. Cloud Run asks for a token at all paths of a service or at none, so
     * a card that the agent itself serves is for callers with a grant. If the card is public, a copy of it is published somewhere
     * else, at `publicCardUrl` (https://cloud.google.com/run/docs/authenticating/public).
     */
    publicCard: boolean;
    /**
     * Where the copy for everybody is, such as a static site or a catalog. The check reads it without a token.
     * @default - none; it is required if `publicCard` is true
     */
    publicCardUrl?: pulumi.Input<string>;
    /**
     * The path of the card (https://a2a-protocol.org/latest/topics/agent-discovery/). Agents of version 0.2 of the protocol have it
     * at `/.well-known/agent.json`.
     * @default "/.well-known/agent-card.json"
     */
    cardPath?: string;
    /**
     * Whether the agent reads the header `Authorization` itself, such as a token of its own users. Then the tokens of callers are in
     * `X-Serverless-Authorization`, which Cloud Run checks first, and `Authorization` reaches the agent as it was sent
     * (https://cloud.google.com/run/docs/authenticating/service-to-service).
     * @default false
     */
    usesAuthorization?: boolean;
    /** What is checked after each deploy. @default - only that calls without a token and with a broken token are denied */
    smokeCheck?: AgentSmokeCheckArgs;
}
