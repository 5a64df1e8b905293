package main

// What clients in Go get at each address of a sandbox, as receivers.ts lists them: net/http, WebSockets (coder/websocket) and
// gRPC. All of them find the proxy and the authority in the environment.

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/coder/websocket"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

type receiverCall struct {
	Caller, Authorization string
	Status                int
}

type receiver struct {
	Name, URL, Speaks string
	Calls             []receiverCall
}

// Messages as the bytes that they are.
type bytesCodec struct{}

func (bytesCodec) Marshal(v any) ([]byte, error) { return *v.(*[]byte), nil }
func (bytesCodec) Unmarshal(data []byte, v any) error {
	*v.(*[]byte) = append([]byte{}, data...)
	return nil
}
func (bytesCodec) Name() string { return "proto" }

func headersOf(call receiverCall) http.Header {
	header := http.Header{}
	if call.Authorization != "" {
		header.Set("Authorization", call.Authorization)
	}
	return header
}

// What a service answers is told, and not what the place answers to which it sends the client.
func stay(*http.Request, []*http.Request) error {
	return http.ErrUseLastResponse
}

// The status of a GET request over a version of HTTP.
func overHTTP(version int) func(receiver, receiverCall) (int, error) {
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: version == 2}
	if version == 1 {
		transport.TLSNextProto = map[string]func(string, *tls.Conn) http.RoundTripper{}
	}
	client := &http.Client{Transport: transport, Timeout: 20 * time.Second, CheckRedirect: stay}
	return func(to receiver, call receiverCall) (int, error) {
		request, err := http.NewRequest("GET", to.URL, nil)
		must(err)
		request.Header = headersOf(call)
		answer, err := client.Do(request)
		if err != nil {
			return 0, err
		}
		defer answer.Body.Close()
		return answer.StatusCode, require(answer.ProtoMajor == version, "HTTP/%d came", answer.ProtoMajor)
	}
}

func overWebSocket(to receiver, call receiverCall) (int, error) {
	within, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	options := &websocket.DialOptions{HTTPHeader: headersOf(call), HTTPClient: &http.Client{CheckRedirect: stay}}
	socket, answer, err := websocket.Dial(within, to.URL, options)
	if err != nil {
		if answer != nil && answer.StatusCode != 101 {
			return answer.StatusCode, nil
		}
		return 0, err
	}
	defer socket.CloseNow()
	if _, _, err := socket.Read(within); err != nil {
		return 0, err
	}
	must(socket.Write(within, websocket.MessageText, []byte("hello")))
	_, data, err := socket.Read(within)
	if err != nil {
		return 0, err
	}
	return 200, require(string(data) == "hello", "%q came back", data)
}

func overStream(to receiver, call receiverCall) (int, error) {
	place, err := url.Parse(to.URL)
	must(err)
	connection, err := grpc.NewClient(place.Host+":443", grpc.WithTransportCredentials(credentials.NewTLS(nil)))
	must(err)
	defer connection.Close()
	within, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	if call.Authorization != "" {
		within = metadata.AppendToOutgoingContext(within, "authorization", call.Authorization)
	}
	description := &grpc.StreamDesc{ClientStreams: true, ServerStreams: true}
	stream, err := connection.NewStream(within, description, "/echo.Echo/Both", grpc.ForceCodec(bytesCodec{}))
	if err != nil {
		return int(status.Code(err)), nil
	}
	sent, got := []byte("a"), []byte{}
	stream.SendMsg(&sent)
	stream.CloseSend()
	if err := stream.RecvMsg(&got); err != nil {
		return int(status.Code(err)), nil
	}
	return 0, require(string(got) == "a", "%q came back", got)
}

func callReceivers() {
	text, err := os.ReadFile(os.Getenv("RECEIVERS"))
	must(err)
	var told struct {
		Receivers []receiver
		Refusals  map[string]int
	}
	must(json.Unmarshal(text, &told))
	clients := map[string]map[string]func(receiver, receiverCall) (int, error){
		"web":  {"net/http, HTTP/1.1": overHTTP(1), "net/http, HTTP/2": overHTTP(2), "coder/websocket": overWebSocket},
		"grpc": {"grpc-go, Both": overStream},
	}
	for _, to := range told.Receivers {
		for name, client := range clients[to.Speaks] {
			wrong := []string{}
			for _, call := range to.Calls {
				wanted := call.Status
				if to.Speaks == "grpc" {
					wanted = told.Refusals[fmt.Sprint(call.Status)]
				}
				if got, err := client(to, call); err != nil || got != wanted {
					wrong = append(wrong, fmt.Sprintf("%s got %d in place of %d (%v)", call.Caller, got, wanted, err))
				}
			}
			report(name+" at "+to.Name, require(len(wrong) == 0, "%s", strings.Join(wrong, "; ")))
		}
	}
}
