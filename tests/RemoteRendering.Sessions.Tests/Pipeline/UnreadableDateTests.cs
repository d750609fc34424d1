using Azure;
using Azure.Core;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Pipeline;

/// <summary>
/// Headers of time that a proxy or a wrong clock made unreadable: what cannot be read is absent, and nothing throws for it.
/// </summary>
[ExpectedLog("PoolStartFailed")]
public class UnreadableDateTests
{
    private const string Moment = "Fri, 01 Jan 2100 00:02:00 GMT";

    private readonly VirtualTimeProvider _time = new(new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly ScriptedService _service;

    public UnreadableDateTests()
        => _service =
            new ScriptedService { Time = _time, Otherwise = static _ => ScriptedService.Answer(200, ScriptedService.SessionJson()) };

    public static TheoryData<string> Dates() =>
    [
        "Thu, 31 Dec 2057 23:55:55 GMT", "sam. 28 nov. 2026 10:00:00 GMT", "0", "garbage", " ", "Sat, 32 Nov 2026 10:00:00 GMT",
        "Sat, 28 Nov 99999 10:00:00 GMT",
        "Sat, 28 Nov 2026 10:00:00 GMT, Sat, 28 Nov 2026 10:00:00 GMT", "-1", "9999999999999999999", "Fri, 31 Dec 9999 23:59:59 -23:59",
        "2026-11-28T25:00:00Z", "\ud83d\udd70",
    ];

    [Theory]
    [MemberData(nameof(Dates))]
    public async Task AnyCall_ThatIsRefused_FailsAsDocumented(string date)
    {
        _service.Otherwise = _ => ScriptedService.Answer(503, headers: [("Date", date), ("Retry-After", Moment)]);
        RemoteRenderingClient client = _service.Client();
        var creation = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10.0), RenderingSessionVmSize.Standard);
        await RefusedAsync(() => client.GetSessionPropertiesAsync("s1"));
        await RefusedAsync(() => client.StopSessionAsync("s1"));
        await RefusedAsync(() => client.UpdateSessionAsync("s1", new RenderingSessionUpdateOptions(TimeSpan.FromMinutes(10.0))));
        await RefusedAsync(() => client.CreateNewRenderingSessionAsync(creation));
        await RefusedAsync(() => client.OpenRenderingSessionAsync("s1"));
        await RefusedAsync(() => client.GetUnownedSessionsAsync().ToListAsync().AsTask());
    }

    [Theory]
    [MemberData(nameof(Dates))]
    public async Task Token_WithoutAStart_IsTakenWithTheDocumentedLifetime(string date)
    {
        string payload = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("""{"exp":4102531200}""")).TrimEnd('=');
        _service.Token =
            _ => Task.FromResult(ScriptedService.Answer(200, $$"""{"AccessToken":"e30.{{payload}}.c2ln"}""", headers: ("Date", date)));
        Assert.Equal("s1", (await _service.Client().GetSessionPropertiesAsync("s1")).Value.Id);
    }

    [Theory]
    [MemberData(nameof(Dates))]
    public async Task Pool_ThatIsThrottled_LeavesTheServiceAlone(string date)
    {
        _service.Otherwise = request => request.Method == HttpMethod.Put
            ? ScriptedService.Answer(429, headers: [("Date", date), ("Retry-After", Moment)])
            : ScriptedService.Answer(404);
        await using var pool = new RenderingSessionPool(
            _service.Client(maxRetries: 0), new RenderingSessionPoolOptions(1, TimeSpan.FromMinutes(30.0), TimeSpan.FromHours(10.0)));
        await ConnectionHarness.UntilAsync(() => _service.Requests.Count > 0 && pool.StartingCount == 0 && pool.IsResting);
        await _time.PassAsync(TimeSpan.FromSeconds(100.0));
        Assert.Single(_service.Requests);
    }

    private static async Task RefusedAsync(Func<Task> call)
    {
        RequestFailedException exception = await Assert.ThrowsAnyAsync<RequestFailedException>(call);
        Assert.Equal(503, exception.Status);
    }
}
