using Azure.Core;

namespace RemoteRendering.Sessions;

/// <summary>Builds request addresses below an account. Session ids need no escaping: <see cref="SessionIdRule"/> has seen them.</summary>
internal sealed class AccountAddress(Uri endpoint, string prefix, Guid accountId, string? apiVersion)
{
    private readonly string _sessions = prefix + "/accounts/" + accountId.ToString("D") + "/sessions";

    public void Write(Request request, RequestMethod method, string path, string? sessionId = null)
    {
        request.Method = method;
        RequestUriBuilder uri = request.Uri;
        uri.Reset(endpoint);
        uri.AppendPath(_sessions, escape: false);
        if (sessionId is not null)
        {
            uri.AppendPath("/", escape: false);
            uri.AppendPath(sessionId, escape: false);
        }

        if (path.Length > 0)
        {
            uri.AppendPath(path, escape: false);
        }

        if (apiVersion is not null)
        {
            uri.AppendQuery("api-version", apiVersion, escapeValue: false);
        }

        request.Headers.SetValue("Accept", "application/json");
    }

    public static void WriteBody(Request request, byte[] json)
    {
        request.Headers.SetValue("Content-Type", "application/json");
        request.Content = RequestContent.Create(json);
    }
}
