using Azure.Core;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Rest;

/// <summary>
/// Builds request addresses below an account. Session ids need no escaping, because <see cref="SessionIdRule"/> has validated them.
/// </summary>
internal sealed class AccountAddress
{
    private readonly string _session;
    private readonly string _sessions;
    private readonly string _query;
    private readonly Uri _all;
    private Entry? _last;

    public AccountAddress(Uri endpoint, string prefix, Guid accountId, string? apiVersion)
    {
        _sessions = endpoint.AbsoluteUri.TrimEnd('/') + prefix + "/accounts/" + accountId.ToString("D") + "/sessions";
        _session = _sessions + "/";
        _query = apiVersion is null ? string.Empty : "?api-version=" + apiVersion;
        _all = new Uri(_sessions + _query);
    }

    public static void WriteBody(Request request, byte[] json)
    {
        request.Headers.SetValue("Content-Type", "application/json");
        request.Content = RequestContent.Create(json);
    }

    public void Write(Request request, RequestMethod method, string path, string? sessionId = null)
    {
        request.Method = method;
        request.Uri.Reset(sessionId is null && path.Length == 0 ? _all : Find(path, sessionId));
        request.Headers.SetValue("Accept", "application/json");
    }

    /// <summary>
    /// Returns the address of a session, which is cached: most programs read one session repeatedly, and its address costs more than the
    /// rest of the request.
    /// </summary>
    private Uri Find(string path, string? sessionId)
    {
        if (Volatile.Read(ref _last) is { } last && last.Path == path && last.SessionId == sessionId)
        {
            return last.Address;
        }

        string address = sessionId is null ? string.Concat(_sessions, path, _query) : string.Concat(_session, sessionId, path, _query);
        var entry = new Entry(path, sessionId, new Uri(address));
        Volatile.Write(ref _last, entry);
        return entry.Address;
    }

    private sealed class Entry(string path, string? sessionId, Uri address)
    {
        public string Path { get; } = path;

        public string? SessionId { get; } = sessionId;

        public Uri Address { get; } = address;
    }
}
