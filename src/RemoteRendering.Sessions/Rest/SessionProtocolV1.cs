using System.Text;
using System.Text.Json;
using Azure;
using Azure.Core;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Protocol.Service;

namespace RemoteRendering.Sessions.Rest;

/// <summary>
/// The legacy <c>v1</c> API of the public preview: time spans, ids assigned by the server, and updates with an empty answer.
/// </summary>
internal sealed class SessionProtocolV1(Uri endpoint, Guid accountId) : ISessionProtocol
{
    private readonly AccountAddress _address = new(endpoint, "/v1", accountId, apiVersion: null);

    public bool CreateIsRepeatable => false;

    public void ValidateCreation(RenderingSessionCreationOptions options)
    {
        if (options.SessionId is not null)
        {
            throw new ArgumentException(
                "The v1 service assigns the session id; leave SessionId null, or use a later service version.", nameof(options));
        }

        foreach (Uri model in options.Models)
        {
            if (model is null || !model.IsAbsoluteUri)
            {
                throw new ArgumentException(
                    "Every address in Models must be absolute, for example https://account.blob.core.windows.net/models.", nameof(options));
            }
        }
    }

    public void WriteCreate(Request request, string? sessionId, RenderingSessionCreationOptions options)
    {
        _address.Write(request, RequestMethod.Post, "/create");
        var json = new StringBuilder("{\"maxLeaseTime\":\"").Append(LegacyDuration.Format(LeaseMinutes.Granted(options.MaxLeaseTime)))
            .Append("\",\"models\":[");
        for (int i = 0; i < options.Models.Count; i++)
        {
            json.Append(i == 0 ? string.Empty : ",").Append(JsonText.Quote(options.Models[i].AbsoluteUri));
        }

        // The documentation of v1 has sizes in lower case.
        json.Append("],\"size\":").Append(JsonText.Quote(options.Size.ToString().ToLowerInvariant())).Append('}');
        AccountAddress.WriteBody(request, Encoding.UTF8.GetBytes(json.ToString()));
    }

    public void WriteRead(Request request, string sessionId) => _address.Write(request, RequestMethod.Get, "/properties", sessionId);

    public void WriteUpdate(Request request, string sessionId, int leaseMinutes)
    {
        _address.Write(request, RequestMethod.Patch, string.Empty, sessionId);
        AccountAddress.WriteBody(
            request, Encoding.UTF8.GetBytes("{\"maxLeaseTime\":\"" + LegacyDuration.Format(TimeSpan.FromMinutes(leaseMinutes)) + "\"}"));
    }

    public void WriteStop(Request request, string sessionId) => _address.Write(request, RequestMethod.Delete, string.Empty, sessionId);

    public void WriteList(Request request) => _address.Write(request, RequestMethod.Get, string.Empty);

    public RenderingSessionProperties ReadCreated(Response response, string? sessionId, RenderingSessionCreationOptions options)
    {
        string id = ResponseBody.Read(response, SessionReaderV1.ReadCreated);
        return new RenderingSessionProperties(id, RenderingSessionStatus.Starting, options.Size)
        {
            MaxLeaseTime = LeaseMinutes.Granted(options.MaxLeaseTime),
        };
    }

    public RenderingSessionProperties ReadProperties(Response response)
        => response.Status == 204 ? throw new JsonException("The body is empty.") : ResponseBody.Read(response, SessionReaderV1.Read);

    // 200 without a body; 204 means the same.
    public bool IsUpdateAnswer(Response response)
        => response.Status == 204 || (response.Status == 200 && ResponseBody.Bytes(response).IsEmpty);

    public RenderingSessionProperties? ReadUpdated(Response response) => null;

    public SessionPage ReadPage(Response response)
        => response.Status == 204 ? new SessionPage([], null) : ResponseBody.Read(response, SessionReaderV1.ReadPage);
}
