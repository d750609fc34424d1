using System.Net.Http.Headers;
using System.Text;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Host;

namespace RemoteRendering.Sessions.HostConformance.Tests;

/// <summary>The emulator's host on a loopback port.</summary>
internal sealed class EmulatorHostProvider : IHostProvider
{
    private readonly SessionEmulator _emulator;
    private int _sessions;

    private EmulatorHostProvider(SessionEmulator emulator, RenderingHostOptions behavior)
    {
        _emulator = emulator;
        AllowsTakeOver = behavior.AllowTakeOver;
        Token = emulator.CreateAccessToken();
        Address = new UriBuilder(emulator.HttpEndpoint!) { Scheme = "ws" }.Uri;
    }

    public Uri Address { get; }

    public string Token { get; }

    public string SessionId { get; private set; } = "";

    public bool AllowsTakeOver { get; }

    public bool ReleasesOnDisconnect => false;

    public static async Task<EmulatorHostProvider> StartAsync(Action<RenderingHostOptions> configure)
    {
        var behavior = new RenderingHostOptions();
        configure(behavior);
        SessionEmulator emulator = await SessionEmulator.StartAsync(options =>
        {
            options.HttpPort = 0;
            options.BootTime = TimeSpan.Zero;
            configure(options.Host);
        });
        var provider = new EmulatorHostProvider(emulator, behavior);
        provider.SessionId = (await provider.CreateSessionAsync())!;
        return provider;
    }

    public async Task<string?> CreateSessionAsync()
    {
        string id = $"conformance-{Interlocked.Increment(ref _sessions)}";
        using var client = new HttpClient(_emulator.CreateHandler()) { BaseAddress = new Uri("http://localhost/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var body = new StringContent("""{"maxLeaseTimeMinutes":60,"size":"Standard"}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.PutAsync(
            new Uri($"accounts/{_emulator.AccountId}/sessions/{id}?api-version=2021-01-01", UriKind.Relative), body);
        response.EnsureSuccessStatusCode();
        return id;
    }

    public Task StopSessionAsync(string sessionId)
    {
        Assert.True(_emulator.StopSession(sessionId));
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        IReadOnlyList<HistoryFinding> findings = new HistoryChecker(new HistoryCheckerOptions { Tolerance = TimeSpan.FromSeconds(2) })
            .Check(_emulator.History.ReadLines());
        await _emulator.DisposeAsync();
        Assert.Empty(findings);
    }
}
