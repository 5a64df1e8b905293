/**
 * The `main` of this package. Pulumi's language host loads it by the path of the package's folder, in a process that is there
 * to serve the components to a program in another language: `pulumi package add node_modules/pulumi-gcp-invoke`. Everybody else
 * who loads it, such as a bundler that does not read `exports`, gets the package.
 */
import { main } from "@pulumi/pulumi/provider";
import * as components from "../components";
import { InvokeError } from "../errors";
import { keepAliasTypes } from "./alias-types";
import { ignoreEndedCallbacks } from "./ended-callbacks";
import { provider } from "./provider";

const isHost = /[\\/]cmd[\\/]run-plugin([\\/]|$)/.test(require.main?.filename ?? "");

if (isHost) {
    ignoreEndedCallbacks(process);
    keepAliasTypes();
}

export = isHost ? main(provider(), process.argv.slice(2)) : { ...components, InvokeError };
