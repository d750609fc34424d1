using System.Net;
using System.Text;
using Azure;
using Azure.Core.Pipeline;

namespace RemoteRendering.Sessions.TestSupport;

/// <summary>
/// A service that says exactly what a test wants, for what no well-meaning service would say. Answers come from a queue, then from
/// <see cref="Otherwise"/>; token requests are answered by <see cref="Token"/> and kept apart.
/// </summary>
public sealed class ScriptedService : HttpMessageHandler
{
    public static readonly Uri Endpoint = new("https://remoterendering.test.mixedreality.example");
    public static readonly Guid AccountId = new("11111111-2222-3333-4444-555555555555");
    public const string Domain = "test.mixedreality.example";
    public const string Key = "c2VjcmV0LWtleS1vZi10aGUtYWNjb3VudA==";

    private readonly Lock _gate = new();
    private readonly Queue<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _answers = new();
    private readonly List<RecordedRequest> _requests = [];
    private readonly List<RecordedRequest> _tokenRequests = [];
    private int _tokenNumber;

    public Func<HttpRequestMessage, HttpResponseMessage>? Otherwise { get; set; }

    /// <summary>Answers the token request with a number; by default a token that lives a day by the clock of <see cref="Time"/>.</summary>
    public Func<int, Task<HttpResponseMessage>>? Token { get; set; }

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(24);

    public IReadOnlyList<RecordedRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    public IReadOnlyList<RecordedRequest> TokenRequests
    {
        get
        {
            lock (_gate)
            {
                return [.. _tokenRequests];
            }
        }
    }

    public static HttpResponseMessage Answer(
        int status, string? body = null, string contentType = "application/json", params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status);
        response.Content = body is null ? new ByteArrayContent([]) : new StringContent(body, Encoding.UTF8, contentType);
        foreach ((string name, string value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    public static string SessionJson(string id = "s1", string status = "Ready", int lease = 20, int elapsed = 0, string size = "Standard")
        => $$"""{"id":"{{id}}","creationTime":"2022-02-02T00:26:46.9942555+00:00","elapsedTimeMinutes":{{elapsed}},"maxLeaseTimeMinutes":"""
            + $$"""{{lease}},"size":"{{size}}","status":"{{status}}"}""";

    public static string MakeToken(DateTimeOffset issued, TimeSpan lifetime, int number)
    {
        string payload = $$"""{"iat":{{issued.ToUnixTimeSeconds()}},"exp":{{(issued + lifetime).ToUnixTimeSeconds()}},"n":{{number}}}""";
        return "e30." + Convert.ToBase64String(Encoding.UTF8.GetBytes(payload)).TrimEnd('=').Replace('+', '-').Replace('/', '_') + ".c2ln";
    }

    public ScriptedService Then(
        int status, string? body = null, string contentType = "application/json", params (string Name, string Value)[] headers)
        => Then((_, _) => Task.FromResult(Answer(status, body, contentType, headers)));

    public ScriptedService ThenCut()
        => Then(
            (_, _) => Task.FromException<HttpResponseMessage>(new HttpRequestException("The connection was cut.", new IOException("cut"))));

    public ScriptedService Then(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        lock (_gate)
        {
            _answers.Enqueue(answer);
        }

        return this;
    }

    public RemoteRenderingClientOptions Options(
        RemoteRenderingClientOptions.ServiceVersion version = RemoteRenderingClientOptions.ServiceVersion.V2021_01_01, int maxRetries = 3)
    {
        var options = new RemoteRenderingClientOptions(version)
        {
            Transport = new HttpClientTransport(new HttpClient(this, disposeHandler: false)),
            TimeProvider = Time,
        };
        options.Retry.Delay = TimeSpan.Zero;
        options.Retry.MaxDelay = TimeSpan.Zero;
        options.Retry.MaxRetries = maxRetries;
        return options;
    }

    public RemoteRenderingClient Client(
        RemoteRenderingClientOptions.ServiceVersion version = RemoteRenderingClientOptions.ServiceVersion.V2021_01_01, int maxRetries = 3)
        => new(Endpoint, AccountId, Domain, new AzureKeyCredential(Key), Options(version, maxRetries));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync(cancellationToken);
        var recorded = new RecordedRequest(
            request.Method.Method,
            request.RequestUri!,
            request.Headers.Authorization?.ToString(),
            body,
            request.Content?.Headers.ContentType?.ToString(),
            request.Headers.ToDictionary(static header => header.Key, static header => string.Join(",", header.Value)));
        if (request.RequestUri!.AbsolutePath.EndsWith("/token", StringComparison.OrdinalIgnoreCase))
        {
            int number;
            lock (_gate)
            {
                _tokenRequests.Add(recorded);
                number = ++_tokenNumber;
            }

            return Token is { } answer
                ? await answer(number)
                : Answer(200, $$"""{"AccessToken":"{{MakeToken(Time.GetUtcNow(), TokenLifetime, number)}}"}""");
        }

        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>? next = null;
        lock (_gate)
        {
            _requests.Add(recorded);
            if (_answers.Count > 0)
            {
                next = _answers.Dequeue();
            }
        }

        return next is not null
            ? await next(request, cancellationToken)
            : Otherwise?.Invoke(request) ?? throw new InvalidOperationException("The script has no answer left for " + recorded.Line);
    }
}
