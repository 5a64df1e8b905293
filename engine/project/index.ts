/** The user's files: `Pulumi.yaml`, `Pulumi.<stack>.yaml`, and the configuration in them. */
export { givenConfig, validateConfig } from "./config-schema";
export { componentFolder } from "./component-folder";
export { type ConfigValue, redactConfig, secretValues } from "./config-value";
export { mapAt, parseYaml, type Yaml } from "./pulumi-yaml";
export { writeConfig } from "./write-config";
export { checkName, type Project, readProject } from "./project";
export { readRuntime, type Runtime } from "./runtime";
