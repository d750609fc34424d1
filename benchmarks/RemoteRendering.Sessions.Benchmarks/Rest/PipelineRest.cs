using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>
/// The rung between: Azure.Core's pipeline with the options of our client, and source-generated JSON; no checks, no model, a token that
/// never changes.
/// </summary>
internal sealed class PipelineRest(HttpMessageHandler service)
{
    private static readonly string _sessions = $"accounts/{CannedService.AccountId:D}/sessions/";

    private readonly HttpPipeline _pipeline = HttpPipelineBuilder.Build(OurRest.Options(service));

    public Task<SessionDto> ReadAsync(string sessionId) => SendAsync(RequestMethod.Get, sessionId, body: null);

    public Task<SessionDto> UpdateAsync(string sessionId, TimeSpan maxLeaseTime)
        => SendAsync(RequestMethod.Patch, sessionId, new LeaseDto { MaxLeaseTimeMinutes = (int)maxLeaseTime.TotalMinutes });

    public Task<SessionDto> CreateAsync(string sessionId, TimeSpan maxLeaseTime, string size)
        => SendAsync(RequestMethod.Put, sessionId, new LeaseDto { MaxLeaseTimeMinutes = (int)maxLeaseTime.TotalMinutes, Size = size });

    private async Task<SessionDto> SendAsync(RequestMethod method, string sessionId, LeaseDto? body)
    {
        using HttpMessage message = _pipeline.CreateMessage();
        Request request = message.Request;
        request.Method = method;
        request.Uri.Reset(CannedService.Endpoint);
        request.Uri.AppendPath(_sessions, escape: false);
        request.Uri.AppendPath(sessionId, escape: false);
        request.Uri.AppendQuery("api-version", "2021-01-01", escapeValue: false);
        request.Headers.SetValue("Authorization", "Bearer " + CannedService.Token);
        request.Headers.SetValue("Accept", "application/json");
        if (body is not null)
        {
            request.Headers.SetValue("Content-Type", "application/json");
            request.Content = RequestContent.Create(JsonSerializer.SerializeToUtf8Bytes(body, RestJson.Default.LeaseDto));
        }

        await _pipeline.SendAsync(message, CancellationToken.None).ConfigureAwait(false);
        return JsonSerializer.Deserialize(message.Response.Content.ToMemory().Span, RestJson.Default.SessionDto)!;
    }
}
