import { needPackages } from "../errors";

needPackages("pulumi-gcp-invoke/policy", "@pulumi/policy", "@pulumi/pulumi");
