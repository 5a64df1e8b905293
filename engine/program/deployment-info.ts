import { type DeploymentMessage, features, hasErrorHooks, laterMessage, type LaterMessages } from "../protocol";
import type { DeploymentInfo } from "./stack-info";

/** The features that the engine offers to programs. Byte strings and output values of calls are not among them. */
const FEATURES = [
    "secrets",
    "resourceReferences",
    "outputValues",
    "aliasSpecs",
    "replacementTrigger",
    "deletedWith",
    "replaceWith",
    "transforms",
    "invokeTransforms",
    "parameterization",
    "resourceHooks",
    ...(hasErrorHooks ? ["errorHooks"] : []),
    "invokeDependsOn",
];

/** Whether the engine offers a feature, by the name under which programs ask for it. */
export function isOffered(feature: string): boolean {
    return FEATURES.includes(feature);
}

/** The answer to a program that asks for everything at once: newer SDKs do so. */
export function deploymentInfo(info: DeploymentInfo): InstanceType<LaterMessages["DeploymentInfo"]> {
    const Message = laterMessage("DeploymentInfo");
    const message = new Message();
    describeDeployment(message, info);
    message.setSupportedfeaturesList(features(FEATURES));
    return message;
}

/** Writes into a message what a program gets to know of its stack. */
export function describeDeployment(message: DeploymentMessage, info: DeploymentInfo): void {
    message.setProject(info.project);
    message.setStack(info.stack);
    message.setOrganization("organization");
    message.setDryrun(info.dryRun);
    message.setParallel(info.parallel);
    for (const [key, { value, secret }] of Object.entries(info.config)) {
        message.getConfigMap().set(key, value);
        if (secret === true) {
            message.addConfigsecretkeys(key);
        }
    }
}
