/** What the real provider treats as equal: names, texts, sets, and what it or Google Cloud fills in. */
export { alignedInputs } from "./align";
export { placeOf, sameProjects } from "./place";
export { canonicalMember, secondsOf } from "./texts";
