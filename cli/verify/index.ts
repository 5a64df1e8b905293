export { checkAgain, SETTLED_SECONDS } from "./check";
export { configuredCredentials } from "./credentials";
export { type Destination, fileDestination, formats, writeReports } from "./reports";
export { pulumi } from "./pulumi-cli";
export { readSpecs, type SpecFlags } from "./read-specs";
export { parseShard, type Shard, shardOf, shardOfTask } from "./shard";
