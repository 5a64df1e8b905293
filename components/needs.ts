import { needPackages } from "../errors";

needPackages("pulumi-gcp-invoke", "@pulumi/pulumi", "@pulumi/gcp");
