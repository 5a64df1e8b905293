/** `storage.googleapis.com`. */
export { storage } from "./api";
export { readObject } from "./resources";
export { signUpload } from "./signed-urls";
