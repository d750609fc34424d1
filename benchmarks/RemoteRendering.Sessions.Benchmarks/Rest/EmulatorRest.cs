using System.Net.Http.Headers;
using System.Text;
using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>Plain requests to an emulator in this process, with as little as possible on the client's side.</summary>
internal sealed class EmulatorRest : IDisposable
{
    private static readonly byte[] _creation = Encoding.UTF8.GetBytes("""{"maxLeaseTimeMinutes":30,"size":"Standard"}""");
    private static readonly MediaTypeHeaderValue _contentType = new("application/json");

    private readonly HttpClient _http;
    private readonly AuthenticationHeaderValue _authorization;
    private readonly string _sessions;

    public EmulatorRest(SessionEmulator emulator)
    {
        _http = new HttpClient(emulator.CreateHandler());
        _authorization = new AuthenticationHeaderValue("Bearer", emulator.CreateAccessToken());
        _sessions = $"{emulator.Endpoint}accounts/{emulator.AccountId:D}/sessions/";
    }

    public Task CreateAsync(int number)
    {
        var content = new ByteArrayContent(_creation);
        content.Headers.ContentType = _contentType;
        return SendAsync(HttpMethod.Put, number, content);
    }

    public Task ReadAsync(int number) => SendAsync(HttpMethod.Get, number, content: null);

    public void Dispose() => _http.Dispose();

    private async Task SendAsync(HttpMethod method, int number, HttpContent? content)
    {
        using var request =
            new HttpRequestMessage(method, _sessions + CannedService.NumberedId(number) + "?api-version=2021-01-01") { Content = content };
        request.Headers.Authorization = _authorization;
        using HttpResponseMessage response = await _http.SendAsync(request).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
    }
}
