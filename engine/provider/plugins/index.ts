/** Providers that are installed as plugins, over Pulumi's protocol of providers. */
export { ProviderPlugins } from "./plugins";
export { type Parameterization, parameterizationInputs, Parameterizations } from "./parameterizations";
