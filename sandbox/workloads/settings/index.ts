/** What a service says about its code, beside the image: variables, files of secrets, and what the sandbox leaves out. */
export { readSecretFiles, type SecretFiles, writeSecretFiles } from "./files";
export { leftOut } from "./left-out";
export { ownVariables, variablesOf } from "./variables";
