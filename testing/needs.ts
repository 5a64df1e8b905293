import { needPackages } from "../errors";

needPackages("pulumi-gcp-invoke/testing", "@pulumi/pulumi", "@pulumi/gcp");
