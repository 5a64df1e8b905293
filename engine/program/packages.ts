import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";

import { UnsupportedError } from "../errors";
import type { Parameterization } from "../provider";
import type { Deployment } from "../steps";
import { packageOf } from "../values";
import type { Plugins } from "./plugins";

/** Takes a package that the plugin of another package serves. @throws UnsupportedError if that is not installed */
export function registerPackage(
    { options: { packages } }: Deployment,
    name: string,
    parameterization: Parameterization,
): void {
    if (!packages.isInstalled(parameterization.base)) {
        throw new UnsupportedError(
            `the package ${name} needs the plugin ${parameterization.base}, which is not installed`,
            { fix: `run \`pulumi plugin install resource ${parameterization.base}\`` },
        );
    }
    packages.parameterizations.set(name, parameterization);
}

/**
 * The plugin that makes components of a type or has its methods: the folder of the components of its package, else the
 * plugin that is installed for the resources of the package.
 *
 * @param type - a type, or a method: `pkg:index:Type/method`, or `pulumi:providers:pkg/method` of a provider
 * @param provider - `URN::ID` of an explicit provider, or empty
 * @throws UnsupportedError if neither is installed
 */
export async function pluginFor(
    deployment: Deployment,
    plugins: Plugins,
    type: string,
    provider: string,
): Promise<ResourceProviderClient> {
    const member = type.replace(/^pulumi:providers:([^/]+).*$/, "$1:index:");
    const pkg = packageOf(member);
    const settings = deployment.providerSettings(member, provider === "" ? undefined : provider);
    const installed = plugins.has(pkg) ? undefined : deployment.options.packages.pluginOf(member, settings);
    return await (installed ?? plugins.of(pkg));
}
