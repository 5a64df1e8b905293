/** The resource types of `@pulumi/gcp` of which only the declarations are known. */
export { catalogEntry, catalogObject, catalogTokens } from "./catalog";
