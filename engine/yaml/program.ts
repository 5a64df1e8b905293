/**
 * The program of a project with `runtime: yaml`. The SDK's runner loads it in the project's folder like any Node program.
 * https://www.pulumi.com/docs/iac/languages-sdks/yaml/yaml-language-reference/
 */
import { readProgram } from "./read";
import { YamlProgram } from "./yaml-program";

const outputs = new YamlProgram(readProgram(process.env["PULUMI_YAML_FILE"] ?? "Pulumi.yaml")).run();

export = outputs;
