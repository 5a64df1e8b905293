/** Packages whose resources and functions are computed here, if no plugin of the package is installed. */
export { localProviders } from "./packages";
