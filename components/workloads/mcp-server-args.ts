import type { McpSmokeCheckArgs } from "../checks";
import type { ExposedServiceArgs } from "./exposed-service";

/** Arguments of {@link InvokableMcpServer}. */
export interface InvokableMcpServerArgs extends ExposedServiceArgs {
    /** The path at which the server takes messages. It is no part of any audience. @default "/mcp" */
    path?: string;
    /**
     * Whether the server reads the header `Authorization` itself, such as a token of its own users. Then the tokens of callers are in
     * `X-Serverless-Authorization`, which Cloud Run checks first, and `Authorization` reaches the server as it was sent
     * (https://cloud.google.com/run/docs/authenticating/service-to-service).
     * @default false
     */
    usesAuthorization?: boolean;
    /** What is checked after each deploy. @default - only that calls without a token and with a broken token are denied */
    smokeCheck?: McpSmokeCheckArgs;
}
