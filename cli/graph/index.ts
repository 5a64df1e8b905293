export { graphOf, type GraphSources, sourcesElsewhere, sourcesOfSandbox } from "./sources";
