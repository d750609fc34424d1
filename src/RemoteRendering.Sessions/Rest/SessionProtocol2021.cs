using System.Globalization;
using System.Text;
using Azure;
using Azure.Core;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Pipeline;

namespace RemoteRendering.Sessions.Rest;

/// <summary>The 2021-01-01 API and its preview, which differ only in the version parameter.</summary>
internal sealed class SessionProtocol2021(Uri endpoint, Guid accountId, string apiVersion) : ISessionProtocol
{
    private readonly AccountAddress _address = new(endpoint, string.Empty, accountId, apiVersion);

    public bool CreateIsRepeatable => true;

    public void ValidateCreation(RenderingSessionCreationOptions options)
    {
        if (options.Models.Count > 0)
        {
            throw new ArgumentException(
                $"Models can be preloaded only by the v1 service; version {apiVersion} has no field for them. Leave Models empty and load "
                    + "them over the connection.",
                nameof(options));
        }
    }

    public void WriteCreate(Request request, string? sessionId, RenderingSessionCreationOptions options)
    {
        _address.Write(request, RequestMethod.Put, string.Empty, sessionId);
        AccountAddress.WriteBody(request, Encoding.UTF8.GetBytes(
            "{\"maxLeaseTimeMinutes\":" + Minutes(LeaseMinutes.FromTimeSpan(options.MaxLeaseTime)) + ",\"size\":" + JsonText
                .Quote(options.Size.ToString()) + "}"));
    }

    public void WriteRead(Request request, string sessionId) => _address.Write(request, RequestMethod.Get, string.Empty, sessionId);

    public void WriteUpdate(Request request, string sessionId, int leaseMinutes)
    {
        _address.Write(request, RequestMethod.Patch, string.Empty, sessionId);
        AccountAddress.WriteBody(request, Encoding.UTF8.GetBytes("{\"maxLeaseTimeMinutes\":" + Minutes(leaseMinutes) + "}"));
    }

    // The protocol requires the slash before the colon.
    public void WriteStop(Request request, string sessionId) => _address.Write(request, RequestMethod.Post, "/:stop", sessionId);

    public void WriteList(Request request) => _address.Write(request, RequestMethod.Get, string.Empty);

    public RenderingSessionProperties ReadCreated(Response response, string? sessionId, RenderingSessionCreationOptions options)
        => ReadProperties(response);

    public RenderingSessionProperties ReadProperties(Response response) => ResponseBody.Read(response, SessionReader2021.Read);

    public bool IsUpdateAnswer(Response response) => response.Status == 200;

    public RenderingSessionProperties ReadUpdated(Response response) => ReadProperties(response);

    public SessionPage ReadPage(Response response) => ResponseBody.Read(response, SessionReader2021.ReadPage);

    private static string Minutes(int minutes) => minutes.ToString(CultureInfo.InvariantCulture);
}
