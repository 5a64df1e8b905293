// Command clients does with a sandbox what programs in Go do: ID tokens in every way that Google's library knows, and a
// workflow, a secret, a topic and a queue over REST and gRPC. Run by scripts/clients.cjs, told by its environment what is
// there.
package main

import (
	"context"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
	"time"

	cloudtasks "cloud.google.com/go/cloudtasks/apiv2"
	"cloud.google.com/go/cloudtasks/apiv2/cloudtaskspb"
	pubsub "cloud.google.com/go/pubsub/v2/apiv1"
	"cloud.google.com/go/pubsub/v2/apiv1/pubsubpb"
	secretmanager "cloud.google.com/go/secretmanager/apiv1"
	"cloud.google.com/go/secretmanager/apiv1/secretmanagerpb"
	workflows "cloud.google.com/go/workflows/apiv1"
	"cloud.google.com/go/workflows/apiv1/workflowspb"
	executions "cloud.google.com/go/workflows/executions/apiv1"
	"cloud.google.com/go/workflows/executions/apiv1/executionspb"
	"golang.org/x/oauth2/google"
	"golang.org/x/oauth2/jws"
	"google.golang.org/api/idtoken"
	"google.golang.org/api/impersonate"
	"google.golang.org/api/option"
)

var (
	service  = os.Getenv("SERVICE_URL")
	caller   = os.Getenv("CALLER")
	key      = []byte(os.Getenv("CALLER_KEY"))
	workflow = os.Getenv("WORKFLOW")
	ctx      = context.Background()
)

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func statusOf(token string) int {
	request, err := http.NewRequest("GET", service, nil)
	must(err)
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	answer, err := http.DefaultClient.Do(request)
	must(err)
	defer answer.Body.Close()
	return answer.StatusCode
}

// The service lets the token in, and the library's own verifier knows whose it is.
func check(way, token string) {
	if code := statusOf(token); code != 200 {
		log.Fatalf("%s: the service answered %d", way, code)
	}
	payload, err := idtoken.Validate(ctx, token, service)
	must(err)
	if payload.Claims["email"] != caller {
		log.Fatalf("%s: the token is of %v", way, payload.Claims["email"])
	}
	if _, err := idtoken.Validate(ctx, token, "https://other.example"); err == nil {
		log.Fatalf("%s: valid for another audience", way)
	}
}

func exchanged() string {
	config, err := google.JWTConfigFromJSON(key)
	must(err)
	block, _ := pem.Decode(config.PrivateKey)
	private, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	must(err)
	now := time.Now().Unix()
	claims := &jws.ClaimSet{
		Iss: caller, Sub: caller, Aud: config.TokenURL, Iat: now, Exp: now + 3600,
		PrivateClaims: map[string]any{"target_audience": service},
	}
	header := &jws.Header{Algorithm: "RS256", Typ: "JWT", KeyID: config.PrivateKeyID}
	assertion, err := jws.Encode(header, claims, private.(*rsa.PrivateKey))
	must(err)
	answer, err := http.PostForm(config.TokenURL, url.Values{
		"grant_type": {"urn:ietf:params:oauth:grant-type:jwt-bearer"},
		"assertion":  {assertion},
	})
	must(err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(err)
	var tokens struct {
		IDToken string `json:"id_token"`
	}
	must(json.Unmarshal(body, &tokens))
	return tokens.IDToken
}

func identity() {
	if code := statusOf(""); code != 403 {
		log.Fatalf("a call without a token was answered %d", code)
	}
	withKey, err := idtoken.NewTokenSource(ctx, service, option.WithCredentialsJSON(key))
	must(err)
	token, err := withKey.Token()
	must(err)
	check("key", token.AccessToken)

	check("exchange", exchanged())

	metadata, err := idtoken.NewTokenSource(ctx, service)
	must(err)
	token, err = metadata.Token()
	must(err)
	check("metadata", token.AccessToken)

	config := impersonate.IDTokenConfig{Audience: service, TargetPrincipal: caller, IncludeEmail: true}
	impersonated, err := impersonate.IDTokenSource(ctx, config)
	must(err)
	token, err = impersonated.Token()
	must(err)
	check("impersonation", token.AccessToken)

	// The client that adds the token by itself.
	client, err := idtoken.NewClient(ctx, service)
	must(err)
	answer, err := client.Get(service)
	must(err)
	defer answer.Body.Close()
	if answer.StatusCode != 200 {
		log.Fatalf("the library's own client was answered %d", answer.StatusCode)
	}
}

// Clients of one transport.
type clients struct {
	workflows  *workflows.Client
	executions *executions.Client
	secrets    *secretmanager.Client
	topics     *pubsub.TopicAdminClient
	tasks      *cloudtasks.Client
}

func overREST() (c clients) {
	var err error
	c.workflows, err = workflows.NewRESTClient(ctx)
	must(err)
	// The library has executions over gRPC only.
	c.executions, err = executions.NewClient(ctx)
	must(err)
	c.secrets, err = secretmanager.NewRESTClient(ctx)
	must(err)
	c.topics, err = pubsub.NewTopicAdminRESTClient(ctx)
	must(err)
	c.tasks, err = cloudtasks.NewRESTClient(ctx)
	must(err)
	return c
}

func overGRPC() (c clients) {
	var err error
	c.workflows, err = workflows.NewClient(ctx)
	must(err)
	c.executions, err = executions.NewClient(ctx)
	must(err)
	c.secrets, err = secretmanager.NewClient(ctx)
	must(err)
	c.topics, err = pubsub.NewTopicAdminClient(ctx)
	must(err)
	c.tasks, err = cloudtasks.NewClient(ctx)
	must(err)
	return c
}

func services(word string, c clients) {
	read, err := c.workflows.GetWorkflow(ctx, &workflowspb.GetWorkflowRequest{Name: workflow})
	must(err)
	if read.RevisionId == "" {
		log.Fatal("the workflow has no revision")
	}
	argument, err := json.Marshal(map[string]string{"name": word})
	must(err)
	execution, err := c.executions.CreateExecution(ctx, &executionspb.CreateExecutionRequest{
		Parent: workflow, Execution: &executionspb.Execution{Argument: string(argument)},
	})
	must(err)
	for i := 0; i < 400 && execution.State == executionspb.Execution_ACTIVE; i++ {
		time.Sleep(50 * time.Millisecond)
		execution, err = c.executions.GetExecution(ctx, &executionspb.GetExecutionRequest{Name: execution.Name})
		must(err)
	}
	if execution.Result != fmt.Sprintf("%q", "hello "+word) {
		log.Fatalf("the execution's result is %q, its state %v", execution.Result, execution.State)
	}

	request := &secretmanagerpb.AccessSecretVersionRequest{Name: os.Getenv("SECRET")}
	secret, err := c.secrets.AccessSecretVersion(ctx, request)
	must(err)
	if string(secret.Payload.Data) != "sesame" {
		log.Fatal("the secret is another one")
	}

	messages := []*pubsubpb.PubsubMessage{{Data: []byte(word)}}
	sent, err := c.topics.Publish(ctx, &pubsubpb.PublishRequest{Topic: os.Getenv("TOPIC"), Messages: messages})
	must(err)
	if len(sent.MessageIds) != 1 {
		log.Fatalf("%d messages were published", len(sent.MessageIds))
	}

	target := &cloudtaskspb.HttpRequest{
		Url:  service + "/task",
		Body: []byte(word),
		AuthorizationHeader: &cloudtaskspb.HttpRequest_OidcToken{
			OidcToken: &cloudtaskspb.OidcToken{ServiceAccountEmail: caller, Audience: service},
		},
	}
	_, err = c.tasks.CreateTask(ctx, &cloudtaskspb.CreateTaskRequest{
		Parent: os.Getenv("QUEUE"),
		Task:   &cloudtaskspb.Task{MessageType: &cloudtaskspb.Task_HttpRequest{HttpRequest: target}},
	})
	must(err)
	fmt.Println("sent", word)
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "samples" {
		runSamples()
		return
	}
	if len(os.Args) > 1 && os.Args[1] == "grpc" {
		callGRPC()
		return
	}
	if len(os.Args) > 1 && os.Args[1] == "receivers" {
		callReceivers()
		return
	}
	identity()
	fmt.Println("identities proven")
	services("go-rest", overREST())
	services("go-grpc", overGRPC())
}
