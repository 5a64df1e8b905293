import type { ConfigValue } from "../project";

/** What a program gets to know of its stack. It names nothing of Pulumi's SDK, because public types lead here. */
export interface DeploymentInfo {
    project: string;
    stack: string;
    dryRun: boolean;
    parallel: number;
    config: Record<string, ConfigValue>;
}
