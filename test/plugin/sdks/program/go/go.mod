module languages

go 1.25

replace example.com/pulumi-pulumi-gcp-invoke/sdk/go => ./sdk
