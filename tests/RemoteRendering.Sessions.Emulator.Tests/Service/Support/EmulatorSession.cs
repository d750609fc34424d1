using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace RemoteRendering.Sessions.Emulator.Tests.Service.Support;

/// <summary>A running emulator on virtual time, and a plain HTTP client with a token for it.</summary>
internal sealed class EmulatorSession : IAsyncDisposable
{
    private EmulatorSession(SessionEmulator emulator, VirtualTimeProvider time, HttpClient http, HttpClient anonymous)
    {
        Emulator = emulator;
        Time = time;
        Http = http;
        Anonymous = anonymous;
    }

    public SessionEmulator Emulator { get; }

    public VirtualTimeProvider Time { get; }

    /// <summary>With a token of the well-known account.</summary>
    public HttpClient Http { get; }

    public HttpClient Anonymous { get; }

    public string Account { get; } = "/accounts/" + SessionEmulator.WellKnownAccountId;

    public static async Task<EmulatorSession> StartAsync(bool loopback, Action<SessionEmulatorOptions>? configure = null)
    {
        var time = new VirtualTimeProvider(new DateTimeOffset(2021, 1, 29, 16, 4, 29, TimeSpan.Zero).AddTicks(1569219));
        SessionEmulator emulator = await SessionEmulator.StartAsync(options =>
        {
            options.TimeProvider = time;
            options.HttpPort = loopback ? 0 : null;
            configure?.Invoke(options);
        });
        HttpClient http = Connect(emulator, loopback);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", emulator.CreateAccessToken());
        return new EmulatorSession(emulator, time, http, Connect(emulator, loopback));
    }

    public Task<HttpResponseMessage> PutAsync(string id, int lease = 4, string size = "Standard")
        => SendAsync("PUT", Session(id), $$"""{"maxLeaseTimeMinutes":{{lease}},"size":"{{size}}"}""");

    public Task<HttpResponseMessage> PatchAsync(string id, int lease)
        => SendAsync("PATCH", Session(id), $$"""{"maxLeaseTimeMinutes":{{lease}}}""");

    public Task<HttpResponseMessage> GetAsync(string id) => SendAsync("GET", Session(id));

    public Task<HttpResponseMessage> StopAsync(string id)
        => SendAsync("POST", Account + "/sessions/" + id + "/:stop?api-version=2021-01-01");

    public Task<HttpResponseMessage> ListAsync() => SendAsync("GET", Account + "/sessions?api-version=2021-01-01");

    public string Session(string id, string version = "2021-01-01") => Account + "/sessions/" + id + "?api-version=" + version;

    public Task<HttpResponseMessage> SendAsync(
        string method, string target, string? json = null, string contentType = "application/json", string? bearer = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), target);
        if (json is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        }

        if (bearer is null)
        {
            return Http.SendAsync(request);
        }

        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + bearer);
        return Anonymous.SendAsync(request);
    }

    public async Task<string?> StatusAsync(string id)
    {
        using HttpResponseMessage response = await GetAsync(id);
        return response.IsSuccessStatusCode ? (await Json(response)).GetProperty("status").GetString() : null;
    }

    public static async Task<JsonElement> Json(HttpResponseMessage response)
        => JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Anonymous.Dispose();
        await Emulator.DisposeAsync();
    }

    private static HttpClient Connect(SessionEmulator emulator, bool loopback)
        => new(loopback ? new SocketsHttpHandler() : emulator.CreateHandler()) { BaseAddress = emulator.Endpoint };
}
