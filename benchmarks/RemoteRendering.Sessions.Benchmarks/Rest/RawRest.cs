using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>
/// The yardstick: HttpClient and source-generated JSON, no retries, no errors, no correlation, a token that never changes.
/// </summary>
internal sealed class RawRest(HttpMessageHandler service)
{
    private static readonly AuthenticationHeaderValue _authorization = new("Bearer", CannedService.Token);
    private static readonly MediaTypeWithQualityHeaderValue _json = new("application/json");
    private static readonly MediaTypeHeaderValue _contentType = new("application/json");
    private static readonly string _sessions = $"{CannedService.Endpoint}accounts/{CannedService.AccountId:D}/sessions";

    private readonly HttpClient _http = new(service, disposeHandler: false);

    public Task<SessionDto> ReadAsync(string sessionId) => SendAsync(HttpMethod.Get, sessionId, body: null);

    public Task<SessionDto> UpdateAsync(string sessionId, TimeSpan maxLeaseTime)
        => SendAsync(HttpMethod.Patch, sessionId, new LeaseDto { MaxLeaseTimeMinutes = (int)maxLeaseTime.TotalMinutes });

    public Task<SessionDto> CreateAsync(string sessionId, TimeSpan maxLeaseTime, string size)
        => SendAsync(HttpMethod.Put, sessionId, new LeaseDto { MaxLeaseTimeMinutes = (int)maxLeaseTime.TotalMinutes, Size = size });

    public async Task<int> ListAsync()
    {
        int count = 0;
        string? next = _sessions + "?api-version=2021-01-01";
        while (next is not null)
        {
            using HttpRequestMessage request = Request(HttpMethod.Get, next);
            using HttpResponseMessage response =
                await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
            response.EnsureSuccessStatusCode();
            SessionPageDto? page = await response.Content.ReadFromJsonAsync(RestJson.Default.SessionPageDto).ConfigureAwait(false);
            count += page!.Sessions!.Count;
            next = page.NextLink;
        }

        return count;
    }

    private static HttpRequestMessage Request(HttpMethod method, string address)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = _authorization;
        request.Headers.Accept.Add(_json);
        return request;
    }

    private async Task<SessionDto> SendAsync(HttpMethod method, string sessionId, LeaseDto? body)
    {
        using HttpRequestMessage request = Request(method, string.Concat(_sessions, "/", sessionId, "?api-version=2021-01-01"));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, RestJson.Default.LeaseDto));
            request.Content.Headers.ContentType = _contentType;
        }

        using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync(RestJson.Default.SessionDto).ConfigureAwait(false))!;
    }
}
