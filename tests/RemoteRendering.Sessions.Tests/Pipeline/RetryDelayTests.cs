using System.Globalization;
using System.Text;
using Azure;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Pipeline.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Pipeline;

/// <summary>
/// How long a call waits for its next try: by one reading of the headers, on one clock, and never longer than 5 minutes, whatever path
/// leads there.
/// </summary>
public class RetryDelayTests
{
    private readonly VirtualTimeProvider _time = new();
    private readonly ScriptedService _service =
        new() { Otherwise = static _ => ScriptedService.Answer(200, ScriptedService.SessionJson()) };

    [Theory]
    [InlineData("Retry-After", "20", 20)]
    [InlineData("Retry-After", "300", 300)]
    [InlineData("retry-after-ms", "1500", 1.5)]
    [InlineData("x-ms-retry-after-ms", "1500", 1.5)]
    [InlineData("Retry-After", "0", 0)]
    [InlineData("Retry-After", "-5", 0)]
    [InlineData("Retry-After", "2.5", 0)]
    [InlineData("Retry-After", "1/2/2030", 0)]
    [InlineData("Retry-After", "soon", 0)]
    public async Task Answer_ThatAsksForATime_IsWaitedFor(string header, string value, double seconds)
    {
        _service.Then(503, headers: (header, value));
        Assert.Equal(seconds, await TimeOfAsync(Client().GetSessionPropertiesAsync("s1")), 0.001);
        Assert.Equal(2, _service.Requests.Count);
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Date_IsMeasuredByTheClockOfTheService(int hoursAhead)
    {
        DateTimeOffset theirs = _time.GetUtcNow().AddHours(hoursAhead);
        _service.Then(503, headers: [("Date", Text(theirs)), ("Retry-After", Text(theirs.AddSeconds(30.0)))]);
        Assert.Equal(30, await TimeOfAsync(Client().GetSessionPropertiesAsync("s1")), 0.001);
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Date_IsMeasuredByTheClockOfTheTokenServiceToo(int hoursAhead)
    {
        DateTimeOffset theirs = _time.GetUtcNow().AddHours(hoursAhead);
        _service.Token = number => Task.FromResult(number == 1
            ? ScriptedService.Answer(503, headers: [("Date", Text(theirs)), ("Retry-After", Text(theirs.AddSeconds(30.0)))])
            : ScriptedService.Answer(
                200, $$"""{"AccessToken":"{{ScriptedService.MakeToken(_time.GetUtcNow(), TimeSpan.FromHours(1.0), number)}}"}"""));
        RemoteRenderingClientOptions options = Options();
        options.TimeProvider = TimeProvider.System;
        var client = new RemoteRenderingClient(
            ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain, new AzureKeyCredential(ScriptedService.Key),
            options);
        Assert.Equal(30, await TimeOfAsync(client.GetSessionPropertiesAsync("s1")), 0.001);
    }

    [Theory]
    [InlineData(503, "Retry-After", "301")]
    [InlineData(503, "Retry-After", "3600")]
    [InlineData(503, "Retry-After", "99999999999999999999999999999")]
    [InlineData(503, "x-ms-retry-after-ms", "3600000")]
    [InlineData(503, "retry-after-ms", "99999999999999999999999999999")]
    [InlineData(503, "Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData(429, "Retry-After", "Friday, 31-Dec-49 23:59:59 GMT")]
    [InlineData(429, "Retry-After", "Fri Dec 31 23:59:59 2049")]
    public async Task Answer_ThatAsksForTooLong_IsNotWaitedFor(int status, string header, string value)
    {
        _service.Then(status, headers: (header, value));
        RequestFailedException exception =
            await Assert.ThrowsAnyAsync<RequestFailedException>(() => ConnectionHarness.Within(Client().GetSessionPropertiesAsync("s1")));
        Assert.Equal(status, exception.Status);
        Assert.Single(_service.Requests);
    }

    [Theory]
    [InlineData(200, "Retry-After", "3600")]
    [InlineData(200, "x-ms-retry-after-ms", "3600000")]
    [InlineData(200, "Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData(503, "Retry-After", "3600")]
    [InlineData(503, "Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData(200, "Retry-After", "100")]
    public async Task Answer_ThatBreaksOff_IsNotWaitedForLong(int status, string header, string value)
    {
        for (int i = 0; i < 10; i++)
        {
            _service.Then((_, _) =>
            {
                HttpResponseMessage answer = ScriptedService.Answer(status, headers: (header, value));
                answer.Content =
                    new DrippingContent(Encoding.UTF8.GetBytes(ScriptedService.SessionJson()), TimeSpan.Zero, _time, breaksAfter: 5);
                return Task.FromResult(answer);
            });
        }

        Task call = Client().GetSessionPropertiesAsync("s1");
        double seconds = await TimeOfAsync(call, fails: true);
        RequestFailedException exception = await Assert.ThrowsAnyAsync<RequestFailedException>(() => call);
        Assert.Equal(RemoteRenderingErrorCode.NoAnswer, exception.ErrorCode);
        Assert.Equal(0, seconds);
    }

    [Fact]
    public async Task Body_ThatDrips_IsCutAsAWhole()
    {
        for (int i = 0; i < 4; i++)
        {
            _service.Then((_, _) => Task.FromResult(new HttpResponseMessage
            {
                Content = new DrippingContent(new byte[1000], TimeSpan.FromSeconds(1.0), _time),
            }));
        }

        Task call = Client().GetSessionPropertiesAsync("s1");
        Assert.Equal(60, await TimeOfAsync(call, fails: true), 0.001);
        RequestFailedException exception = await Assert.ThrowsAnyAsync<RequestFailedException>(() => call);
        Assert.Equal(RemoteRenderingErrorCode.NoAnswer, exception.ErrorCode);
        Assert.Contains("00:00:15", exception.Message, StringComparison.Ordinal);
        Assert.Equal(4, _service.Requests.Count);
    }

    [Fact]
    public async Task Body_ThatStalls_IsCutAsAWhole()
    {
        _service.Then(
            (_, _) => Task.FromResult(new HttpResponseMessage { Content = new DrippingContent([1], Timeout.InfiniteTimeSpan, _time) }));
        Assert.Equal(15, await TimeOfAsync(Client().GetSessionPropertiesAsync("s1")), 0.001);
    }

    [Fact]
    public async Task Body_ThatIsSlowButInTime_IsRead()
    {
        byte[] body = Encoding.UTF8.GetBytes(ScriptedService.SessionJson());
        _service.Then((_, _) =>
            Task.FromResult(
                new HttpResponseMessage { Content = new DrippingContent(body, TimeSpan.FromSeconds(10.0 / body.Length), _time) }));
        Assert.InRange(await TimeOfAsync(Client().GetSessionPropertiesAsync("s1")), 9, 12);
        Assert.Single(_service.Requests);
    }

    [Fact]
    public async Task RetryPolicy_OfTheUser_IsKept()
    {
        var policy = new CountingPolicy();
        RemoteRenderingClientOptions options = Options();
        options.RetryPolicy = policy;
        await ConnectionHarness.Within(Client(options).GetSessionPropertiesAsync("s1"));
        Assert.Equal(1, policy.Calls);
        Assert.Same(policy, options.RetryPolicy);
    }

    private static string Text(DateTimeOffset moment) => moment.ToString("r", CultureInfo.InvariantCulture);

    private RemoteRenderingClientOptions Options()
    {
        RemoteRenderingClientOptions options = _service.Options();
        options.PipelineTimeProvider = _time;
        options.TimeProvider = _time;
        return options;
    }

    private RemoteRenderingClient Client(RemoteRenderingClientOptions? options = null)
        => new(
            ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain,
            new Azure.Core.AccessToken("opaque", DateTimeOffset.MaxValue), options ?? Options());

    /// <summary>Lets time pass from timer to timer until a call is over.</summary>
    /// <returns>How many seconds the call took.</returns>
    private async Task<double> TimeOfAsync(Task call, bool fails = false)
    {
        long start = _time.GetTimestamp();
        await _time.PassUntilAsync(() => call.IsCompleted);
        if (!fails)
        {
            await call;
        }

        return _time.GetElapsedTime(start).TotalSeconds;
    }

    private sealed class CountingPolicy : Azure.Core.Pipeline.HttpPipelinePolicy
    {
        public int Calls { get; private set; }

        public override void Process(Azure.Core.HttpMessage message, ReadOnlyMemory<Azure.Core.Pipeline.HttpPipelinePolicy> pipeline)
            => throw new NotSupportedException();

        public override ValueTask ProcessAsync(
            Azure.Core.HttpMessage message, ReadOnlyMemory<Azure.Core.Pipeline.HttpPipelinePolicy> pipeline)
        {
            Calls++;
            return ProcessNextAsync(message, pipeline);
        }
    }
}
