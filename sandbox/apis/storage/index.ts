/** `storage.googleapis.com`. */
export { storage } from "./api";
export { crc32c } from "./crc32c";
export { readObject } from "./resources";
export { signUpload } from "./signed-urls";
