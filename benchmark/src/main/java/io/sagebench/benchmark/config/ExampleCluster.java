package io.sagebench.benchmark.config;

import io.sagebench.benchmark.DefaultFleet;

/// A cluster file with every key, to start from.
public final class ExampleCluster {
    private static final String YAML =
            """
            # A SageBench cluster file. Check it with 'sage-bench validate FILE' and use it with 'sage-bench serve --config FILE'. Options given
            # on the command line win over this file. Keys that are left out have the values shown here, unless it says otherwise.

            # Where clients reach the control plane: 0.0.0.0 is every address of this machine; port 0 is any that is free.
            host: 127.0.0.1
            port: 8080

            # The policy in force at first, and its parameters ('sage-bench policies NAME' lists them); without params, just its name.
            policy:
              name: fifo
              params: {}

            # What it schedules over: servers at addresses, simulated engines, or both.
            engines:
              # A server that speaks the OpenAI API. Only id and url must be given; the rest is asked of the server, or left out.
              # - id: gpu-1
              #   url: http://gpu1:8000
              #   # vllm, sglang, lmdeploy, tgi, tei, trtllm or openai (any other); without, found out from its metrics.
              #   kind: vllm
              #   # The names clients use, each with the name the server knows; or a list, where both are the same. Without, all that it lists.
              #   # With them, the server may be down at the start: requests for these models then wait for it.
              #   models: {chat: meta-llama/Meta-Llama-3-8B-Instruct}
              #   # llm_chat, llm_generate, embedding. Without: the first two, or for tei the last.
              #   types: [llm_chat, llm_generate]
              #   # The environment variable that holds the key the server wants. Keys never stand in this file.
              #   api_key_env: GPU1_API_KEY
              #   headers: {X-Team: search}
              #   # The most requests in it at a time.
              #   max_concurrent: 100
              #   # The most tokens of a request, and the tokens its KV cache holds. Without, what it tells (vLLM, SGLang, TensorRT-LLM).
              #   context_tokens: 8192
              #   kv_tokens: 455840
              #   # The engine profile whose speed to assume before anything was measured.
              #   profile: llama3-8b-a100
              #   usd_per_hour: 1.8
              #   # For embedding servers: the most texts in one call.
              #   max_texts_per_call: 32
              #   # What to ask for its health, instead of health.path below.
              #   health_path: /health
              #   # For https: whom to trust instead of whom Java trusts. insecure: true believes anybody.
              #   tls: {ca_file: ca.pem}
              # A simulated engine in this process: its profile, and how many ('sim-1', 'sim-2' ...). Profiles of embedding servers (bge-m3-a100)
              # and of cards with several models will do, too.
              - id: sim
                simulated: %s
                count: 2
                # usd_per_hour: 1.8

            # With true, all servers must answer at the start. Otherwise one engine must be there, and the others may come later.
            strict: false

            # How much may wait. A request whose end-to-end deadline passes while it waits is refused, unless drop_expired is false.
            queue:
              requests: 10000
              requests_per_tenant: 10000
              prompt_tokens: 40000000
              drop_expired: true

            # Whom it lets in. From max_saturation on (1 is as full as engines should get; GET /admin/metrics tells it) requests of priority BACKGROUND
            # are refused, a quarter above it LOW ones, and at twice as much NORMAL ones. The others are the limits of each tenant that has
            # none of its own below: requests per second in the long run, how many may come at once after a pause, and how many may be queued and
            # running. Without, there are no limits.
            # admission:
            #   max_saturation: 2
            #   requests_per_second: 50
            #   burst: 100
            #   max_in_flight: 200

            # How many requests that have ended are remembered, and for how long, for GET /admin/requests/ID.
            history:
              requests: 10000
              age: 10m

            # How engines are asked whether they work: GET path (where there is no such thing, GET /v1/models). So many bad answers in a row take
            # an engine out of service until it answers well again; one that starts may answer badly for startup_grace.
            health:
              path: /health
              interval: 2s
              timeout: 1s
              failures: 3
              startup_grace: 2m

            # Requests that an engine failed before anything of an answer was sent go to another one: so often each, and all together at most
            # this share of the requests of late. most: 0 is never.
            retry:
              most: 2
              budget: 0.2

            # An engine that fails more than this share of its last calls gets nothing for a while, which doubles while its trials fail.
            breaker:
              calls: 20
              error_ratio: 0.5
              first_backoff: 1s
              most_backoff: 30s

            # connect, first_byte, idle: of a call to a server; probe: of a question about its models or metrics. first_token: the longest an
            # engine may take to the first token of a stream (less when the request has an SLO). no_engine: how long a request waits when no
            # engine for it works, but one may come back. engine_drain: how long requests may go on in an engine that is taken out of service.
            timeouts:
              connect: 2s
              first_byte: 60s
              first_token: 2m
              idle: 60s
              probe: 5s
              no_engine: 30s
              engine_drain: 30s

            # Whether and how often servers are asked for their metrics (GET /metrics), from which their load is known.
            metrics:
              enabled: true
              interval: 1s

            # What a client's connection may ask. drain: how long running answers may go on when the control plane stops.
            connections:
              max: 16384
              body_mb: 8
              header_kb: 32
              request_timeout: 30s
              idle_timeout: 5m
              stall_timeout: 60s
              drain: 5s

            # Who may ask for work, by the environment variable that holds the key of each, and limits of their own. Without keys everybody may who can
            # reach the port, and a tenant is who says so (X-Tenant-Id).
            # tenants:
            #   search: {api_key_env: SEARCH_API_KEY, requests_per_second: 20, burst: 40, max_in_flight: 80}

            # The admin endpoints: a token for those who are not on this machine, and a port of their own. Without: on the service port, for this
            # machine only.
            # admin:
            #   token_env: SAGE_ADMIN_TOKEN
            #   host: 127.0.0.1
            #   port: 8081

            # With a certificate and its key, both PEM, the control plane speaks https.
            # tls:
            #   cert_file: cert.pem
            #   key_file: key.pem

            # For policies and simulated engines that draw lots.
            seed: 42
            """
                    .formatted(DefaultFleet.PROFILE);

    private ExampleCluster() {}

    /// As YAML, with comments.
    public static String yaml() {
        return YAML;
    }
}
