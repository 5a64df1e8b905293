/** Messages of Pulumi's protocols: property bags in them, and what newer SDKs have added. */
export {
    type DeploymentMessage,
    features,
    hasErrorHooks,
    InvokeAnswer,
    later,
    laterMessage,
    type LaterMessages,
    newerSdk,
    setAliases,
} from "./sdk";
export { fromStruct, toStruct } from "./struct";
