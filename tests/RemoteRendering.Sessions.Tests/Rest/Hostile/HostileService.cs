using RemoteRendering.Sessions.Tests.Pipeline.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Rest.Hostile;

/// <summary>A service that answers by the grammar, and keeps what a test checks a call against.</summary>
internal sealed class HostileService(HostileGrammar grammar, TimeProvider time) : HttpMessageHandler
{
    /// <summary>How long the pipeline waits for headers, which it does on the clock of the system.</summary>
    private static readonly TimeSpan NetworkTimeout = TimeSpan.FromSeconds(15.0);

    private readonly Lock _gate = new();
    private long _last;

    /// <summary>Gets or sets the session that the call is about.</summary>
    public string SessionId { get; set; } = "s1";

    /// <summary>Gets or sets what happens at a request of the call, by its number.</summary>
    public Action<int>? OnRequest { get; set; }

    /// <summary>Gets how many requests the call has sent, those for tokens included.</summary>
    public int Requests { get; private set; }

    /// <summary>Gets the longest time between two requests of the call.</summary>
    public TimeSpan LongestPause { get; private set; }

    /// <summary>Gets a value indicating whether the call may have created the session, by what the service said and did.</summary>
    public bool MayHaveCreated { get; private set; }

    /// <summary>Gets the secrets that were sent.</summary>
    public HashSet<string> Secrets { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets or sets a value indicating whether the token service is hostile too.</summary>
    public bool IsTokenServiceHostile { get; set; }

    public void BeginCall(string sessionId)
    {
        lock (_gate)
        {
            SessionId = sessionId;
            Requests = 0;
            LongestPause = TimeSpan.Zero;
            MayHaveCreated = false;
            _last = time.GetTimestamp();
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        int number;
        lock (_gate)
        {
            number = ++Requests;
            TimeSpan pause = time.GetElapsedTime(_last);
            LongestPause = pause > LongestPause ? pause : LongestPause;
            _last = time.GetTimestamp();
            Secrets.Add(request.Headers.Authorization!.Parameter!);
        }

        OnRequest?.Invoke(number);
        bool isToken = request.RequestUri!.AbsolutePath.EndsWith("/token", StringComparison.OrdinalIgnoreCase);
        if (isToken && (!IsTokenServiceHostile || grammar.Chance(0.5)))
        {
            return ScriptedService.Answer(
                200, $$"""{"AccessToken":"{{ScriptedService.MakeToken(time.GetUtcNow(), TimeSpan.FromHours(24.0), number)}}"}""");
        }

        if (grammar.Chance(0.03))
        {
            Note(request, answer: null, isSent: true);
            await Task.Delay(NetworkTimeout, time, cancellationToken).ConfigureAwait(false);
            throw new TaskCanceledException("The try took too long.");
        }

        if (grammar.Chance(0.12))
        {
            Exception failure = grammar.Failure();
            Note(request, answer: null, isSent: failure.InnerException is not System.Net.Sockets.SocketException);
            throw failure;
        }

        HttpResponseMessage answer = grammar.Answer(request, SessionId);
        if (isToken && answer.Content is DrippingContent)
        {
            // An exchange runs on threads of its own, on which a body that drips is no replay.
            answer.Content = new ByteArrayContent([]);
        }

        Note(request, answer, isSent: true);
        return answer;
    }

    private void Note(HttpRequestMessage request, HttpResponseMessage? answer, bool isSent)
    {
        int status = (int?)answer?.StatusCode ?? 0;
        lock (_gate)
        {
            if (request.Method == HttpMethod.Put)
            {
                MayHaveCreated |= isSent
                    && (status is 0 or (>= 200 and < 300) || (status >= 500 && !answer!.Headers.Contains("Retry-After")));
            }
            else if (request.Method == HttpMethod.Get && status == 404)
            {
                // The service itself says that it is not there.
                MayHaveCreated = false;
            }
        }
    }
}
