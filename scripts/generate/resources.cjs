// Makes docs/resources.md: what the sandbox does with each resource type of @pulumi/gcp.
const { join } = require("node:path");
const { execFileSync } = require("node:child_process");
const { environment, nodeArguments, root } = require("../sources.cjs");

/** The tier of each type, from the engine. */
function tiers() {
    const program = `
        const { allTokens, tierOf } = require(${JSON.stringify(join(root, "engine/provider/tiers.ts"))});
        console.log(JSON.stringify(allTokens().map((token) => [token, tierOf(token)])));`;
    const output = execFileSync(process.execPath, [...nodeArguments, "-e", program], {
        cwd: root,
        env: environment,
        encoding: "utf8",
    });
    return JSON.parse(output);
}

const TITLES = {
    enforced: [
        "Enforced",
        "These are made through the APIs of the sandbox, which check every call as Google Cloud does.",
    ],
    policy: [
        "Enforced as far as a policy can be",
        "These change the IAM policy of a resource that is only kept. The sandbox holds the policy: roles, members, conditions and etags are checked, and an authoritative grant takes away what others have granted. No call is decided by it, because there is nothing to call.",
    ],
    kept: [
        "Kept",
        "These are checked by the schema of the provider: unknown, missing and wrong properties, and what forces a replacement. Their outputs look as Google's would. Nothing stands behind them, and only the state of the stack knows them: `.get()` and an import take what the program says.",
    ],
    refused: [
        "Refused",
        "These decide who has access, and the sandbox does not enforce them. To keep one would pretend that it does. Organization policies of the older API are refused too if their constraint is about grants or calls (`iam.*`, `run.*`, `cloudfunctions.*`, `storage.*`, `iap.*`); `gcp.orgpolicy.Policy` is enforced.",
    ],
};

/** `gcp.kms.CryptoKey` by module: `kms: CryptoKey, KeyRing`. */
function list(tokens) {
    const modules = new Map();
    for (const token of tokens) {
        const [, path, name] = token.split(":");
        const [module] = path.split("/");
        modules.set(module, [...(modules.get(module) ?? []), name]);
    }
    return [...modules].map(([module, names]) => `- \`${module}\`: ${names.join(", ")}`).join("\n");
}

function make() {
    const all = tiers();
    const sections = Object.entries(TITLES).map(([tier, [title, text]]) => {
        const tokens = all.filter(([, its]) => its === tier).map(([token]) => token);
        return `## ${title} (${tokens.length})\n\n${text}\n\n${list(tokens)}\n`;
    });
    return {
        "docs/resources.md": `# The resource types of the sandbox

\`npm run generate -- resources\` makes this page. It lists all resource types of \`@pulumi/gcp\` and what \`gcp-invoke sandbox up\` does with each.

A preview and an update tell which types are only kept. \`--strict\`, or \`resources: strict\` in \`sandbox.yaml\`, refuses them by name. All refusals of a program are told at once, before anything is made, also with \`--skip-preview\`. To keep types that are refused, or those of a package that the engine does not know, name them in \`sandbox.yaml\`:

\`\`\`yaml
resources:
    "docker:*": keep
    "gcp:projects/organizationPolicy:OrganizationPolicy": keep
\`\`\`

The declarations of \`@pulumi/gcp\` do not say which changes force a replacement. For enforced types this is read from the provider's schema. For kept types it is told from the documentation of each property, and from whether the property is part of the resource's name or place; otherwise an update is assumed.

Other packages have plugins, for resources, functions, components and methods. The engine starts those that are installed: what \`plugins.providers\` of \`Pulumi.yaml\` names, \`pulumi-resource-NAME\` on the PATH, or the newest in \`PULUMI_HOME/plugins\`. A plugin gets the settings of its provider and the environment of the program, and so no real credentials. It is started once for each provider of the program. A package that is made of parameters is served by the plugin of its base package. With \`--provider plugin\`, the installed plugin of Google's provider makes the resources of \`@pulumi/gcp\` in place of the engine, with the calls and the waiting times of the real one. Without a plugin, the engine computes the resources and functions of \`@pulumi/random\`, \`@pulumi/tls\`, \`@pulumi/std\` and \`@pulumiverse/time\` itself (\`engine/provider/local/\`). A \`seed\` gives the same values in each run, and not those of the real provider.

${sections.join("\n")}`,
    };
}

module.exports = { make };
